package dev.groqchat.adapters.web.page;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The page's two addresses: the one that people guess, and the one they know from before. */
@Hidden
@Controller
class PageController {
  private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

  private final Resource page = new ClassPathResource("page/index.html");

  @GetMapping({"/", "/web"})
  ResponseEntity<Resource> page() {
    return ResponseEntity.ok().contentType(HTML).cacheControl(CacheControl.noCache()).body(page);
  }
}
