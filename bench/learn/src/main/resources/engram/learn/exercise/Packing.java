import engram.learn.api.Memory;
import java.util.List;

/**
 * Where each block begins, in elements. Two blocks may share elements only if they do not live at
 * the same time.
 *
 * <p>block.size(), block.life().first(), block.life().last().
 */
public class Packing implements Memory.Packing {
  @Override
  public int[] offsets(List<Memory.Block> blocks) {
    int[] offsets = new int[blocks.size()];
    // TODO set each of them
    return offsets;
  }
}
