package engram.bench.track;

import java.util.Map;
import java.util.Optional;

/**
 * Where in W&B runs go.
 *
 * @param entity user or team; empty for the owner of the key
 * @param name project
 */
record WandbProject(Optional<String> entity, String name) {

  /** From W&B's own variables. */
  static WandbProject from(Map<String, String> environment) {
    return new WandbProject(
        Variables.value(environment, "WANDB_ENTITY"),
        Variables.value(environment, "WANDB_PROJECT").orElse("engram"));
  }
}
