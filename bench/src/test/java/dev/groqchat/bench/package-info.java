@NullMarked
package dev.groqchat.bench;

import org.jspecify.annotations.NullMarked;
