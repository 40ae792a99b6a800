package dev.groqchat.bench;

/** Who is asked. */
enum Target {
  DIRECT,
  NGINX,
  SERVICE
}
