package dev.groqchat.adapters.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.TestConstructor;

/** Like {@link OverHttp}, of a service with API keys: {@code default}, alice's and bob's. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    classes = TestService.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "groqchat.web.api-key=" + WithKeys.SECRET,
      // bob's is the hash of "bobs-secret".
      "groqchat.web.api-keys=alice:" + WithKeys.ALICES + ",bob:sha256:" + WithKeys.HASH_OF_BOBS,
    })
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
public @interface WithKeys {
  String SECRET = "the-secret";
  String ALICES = "alices:secret";
  String BOBS = "bobs-secret";
  String HASH_OF_BOBS = "8b741ff0ee7915a2a8a55da37a332a077b2804bc25d455bc570ec1e8dd2c0312";
}
