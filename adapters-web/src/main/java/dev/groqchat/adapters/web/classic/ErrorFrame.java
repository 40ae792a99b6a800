package dev.groqchat.adapters.web.classic;

/** The last frame of a stream that broke off. Nothing follows it. */
record ErrorFrame(String error) {}
