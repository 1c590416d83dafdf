package engram.nn.model;

import engram.nn.init.Initialiser;
import engram.nn.init.Initialiser.Constant;
import engram.nn.init.Initialiser.KaimingNormal;
import engram.nn.init.Initialiser.KaimingNormalOut;
import engram.nn.init.Initialiser.KaimingUniform;
import engram.nn.init.Initialiser.TorchDefault;
import engram.nn.init.Initialiser.XavierUniform;
import java.util.List;
import java.util.Optional;

/** How first values are drawn, in words: {@code xavier}, {@code kaiming 0.01}. */
final class InitWords {
  private static final List<String> WORDS =
      List.of("torch", "xavier", "kaiming", "kaiming-uniform", "kaiming-out", "zeros", "constant");

  private InitWords() {}

  /** Whether the next word is one. */
  static boolean next(Words words) {
    return WORDS.contains(words.peek().text());
  }

  static Initialiser read(Words words) {
    Words.Token word = words.next();
    return switch (word.text()) {
      case "torch" -> new TorchDefault();
      case "xavier" -> new XavierUniform();
      case "kaiming" -> new KaimingNormal(slope(words));
      case "kaiming-uniform" -> new KaimingUniform(slope(words));
      case "kaiming-out" -> new KaimingNormalOut(slope(words));
      case "zeros" -> Initialiser.zeros();
      case "constant" -> new Constant(words.number("the constant", -1e6f, 1e6f));
      default -> throw words.unknown(word, WORDS);
    };
  }

  private static float slope(Words words) {
    return words.atNumber() ? words.number("the slope", 0, 1) : 0;
  }

  /** The words for an initialiser, absent if there are none. */
  static Optional<String> of(Initialiser initialiser) {
    return switch (initialiser) {
      case TorchDefault() -> Optional.of("torch");
      case XavierUniform() -> Optional.of("xavier");
      case KaimingNormal(double slope) -> Optional.of("kaiming" + sloped(slope));
      case KaimingUniform(double slope) -> Optional.of("kaiming-uniform" + sloped(slope));
      case KaimingNormalOut(double slope) -> Optional.of("kaiming-out" + sloped(slope));
      case Constant(float value) when value == 0 -> Optional.of("zeros");
      case Constant(float value) -> Optional.of("constant " + value);
      default -> Optional.empty();
    };
  }

  private static String sloped(double slope) {
    return slope == 0 ? "" : " " + (float) slope;
  }
}
