/** The chat page: its address, its files, and what browsers may let it do. */
@NullMarked
package dev.groqchat.adapters.web.page;

import org.jspecify.annotations.NullMarked;
