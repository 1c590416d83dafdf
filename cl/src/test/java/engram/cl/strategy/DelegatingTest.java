package engram.cl.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DelegatingTest {
  /** A method that were left out would do nothing in {@code si+ncm} and all others like it. */
  @Test
  void everyMethodOfAStrategyIsPassedOn() {
    assertEquals(named(Strategy.class.getMethods()), named(Delegating.class.getDeclaredMethods()));
  }

  private static Set<String> named(Method[] methods) {
    return Arrays.stream(methods)
        .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
        .map(method -> method.getName() + Arrays.toString(method.getParameterTypes()))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
