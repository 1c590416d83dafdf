import engram.learn.api.Memory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

public class Packing implements Memory.Packing {
  @Override
  public int[] offsets(List<Memory.Block> blocks) {
    int[] at = new int[blocks.size()];
    List<Integer> bySize = new ArrayList<>(IntStream.range(0, at.length).boxed().toList());
    bySize.sort(Comparator.comparingInt(i -> -blocks.get(i).size()));
    List<Integer> placed = new ArrayList<>();
    for (int i : bySize) {
      List<Integer> near = new ArrayList<>(placed);
      near.removeIf(j -> !together(blocks.get(i).life(), blocks.get(j).life()));
      near.sort(Comparator.comparingInt(j -> at[j]));
      int free = 0;
      for (int j : near) {
        if (free + blocks.get(i).size() <= at[j]) {
          break;
        }
        free = Math.max(free, at[j] + blocks.get(j).size());
      }
      at[i] = free;
      placed.add(i);
    }
    return at;
  }

  private static boolean together(Memory.Life a, Memory.Life b) {
    return a.first() <= b.last() && b.first() <= a.last();
  }
}
