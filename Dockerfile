# Builds the jar, takes it apart, trains its cache of loaded code, and runs it as nobody in particular from files that it cannot
# change. What the image is made of: `docker buildx build --sbom=true`, or META-INF/sbom/application.cdx.json in groqchat.jar.
FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /build
COPY . .
RUN mvn -B -ntp -pl bootstrap -am -DskipTests package \
 && cp bootstrap/target/groqchat-bootstrap-*-exec.jar /groqchat-exec.jar

# The cache holds for the java that made it: it is made by the one that will run it.
FROM eclipse-temurin:25-jre AS trained
COPY --from=build /groqchat-exec.jar /build/ops/train /build/
RUN /build/train /build/groqchat-exec.jar /app

FROM eclipse-temurin:25-jre
LABEL org.opencontainers.image.title="Groq Chat Service" \
      org.opencontainers.image.description="A self-hosted chat service in front of Groq and any OpenAI-compatible model API" \
      org.opencontainers.image.licenses="MIT"
RUN useradd --system --uid 10001 --no-create-home groqchat
WORKDIR /app
COPY --from=trained /app .
USER 10001
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/localhost/${PORT:-8000} && printf 'GET /health HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q '\"ok\"' <&3"]
# Temporary files (Tomcat's, for nothing that is kept) go to /tmp, which may be a tmpfs.
ENTRYPOINT ["java", "-XX:+UseG1GC", "-XX:AOTCache=groqchat.aot", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-jar", "groqchat.jar"]
