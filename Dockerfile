# Builds the jar, takes it apart, and runs it as nobody in particular.
FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /build
COPY . .
RUN mvn -B -ntp -pl bootstrap -am -DskipTests package \
 && java -Djarmode=tools -jar bootstrap/target/groqchat-bootstrap-*-exec.jar extract --destination /app \
 && mv /app/groqchat-bootstrap-*-exec.jar /app/groqchat.jar

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --no-create-home groqchat
WORKDIR /app
COPY --from=build /app .
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/localhost/${PORT:-8000} && printf 'GET /health HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q '\"ok\"' <&3"]
ENTRYPOINT ["java", "-jar", "groqchat.jar"]
