package engram.bench.kernel;

import engram.bench.suite.BenchCase;
import engram.cl.plugin.SourceFile;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A static method of a class, with arrays that are just as long as operands and result. */
public final class JavaKernel implements UserKernel {
  private final KernelForm form;
  private final MethodHandle method;

  private JavaKernel(KernelForm form, MethodHandle method) {
    this.form = form;
    this.method = method;
  }

  /**
   * Compiles a file.
   *
   * @param folder takes the classes
   * @return name of the class
   * @throws IllegalArgumentException with file, line and column, if it does not compile
   */
  public static String compile(Path file, Path folder) throws IOException {
    return SourceFile.compileInto(folder, file);
  }

  /** Whether a class has a method of this name. */
  public static boolean offers(Path folder, String className, String op) {
    return Arrays.stream(load(folder, className).getDeclaredMethods())
        .anyMatch(method -> method.getName().equals(op));
  }

  /**
   * The method of a class that {@link #compile} wrote.
   *
   * @throws IllegalArgumentException naming the method that is expected, if it is not there
   */
  public static JavaKernel of(KernelForm form, Path folder, String className) {
    Class<?> type = load(folder, className);
    MethodType expected = type(form);
    for (Method each : type.getDeclaredMethods()) {
      if (each.getName().equals(form.op())
          && java.lang.reflect.Modifier.isStatic(each.getModifiers())
          && MethodType.methodType(each.getReturnType(), each.getParameterTypes())
              .equals(expected)) {
        each.setAccessible(true);
        try {
          return new JavaKernel(form, MethodHandles.lookup().unreflect(each));
        } catch (IllegalAccessException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    String there =
        Arrays.stream(type.getDeclaredMethods())
            .filter(each -> each.getName().equals(form.op()))
            .map(each -> "\nit has  " + signature(each))
            .collect(Collectors.joining());
    throw new IllegalArgumentException(
        "%s.java has no method\n%s%s".formatted(type.getSimpleName(), form.javaSignature(), there));
  }

  private static String signature(Method method) {
    String modifiers = java.lang.reflect.Modifier.toString(method.getModifiers());
    String parameters =
        Arrays.stream(method.getParameters())
            .map(each -> each.getType().getSimpleName() + " " + each.getName())
            .collect(Collectors.joining(", "));
    return "%s %s %s(%s)"
        .formatted(modifiers, method.getReturnType().getSimpleName(), method.getName(), parameters)
        .strip();
  }

  private static MethodType type(KernelForm form) {
    List<Class<?>> parameters = new ArrayList<>();
    form.inputs().forEach(_ -> parameters.add(float[].class));
    parameters.add(float[].class);
    form.scalars()
        .forEach(each -> parameters.add(each.startsWith("int ") ? int.class : float.class));
    return MethodType.methodType(void.class, parameters);
  }

  private static Class<?> load(Path folder, String className) {
    try {
      URL[] place = {folder.toUri().toURL()};
      // Stays open: the class may load others at any time.
      URLClassLoader loader = new URLClassLoader(place, JavaKernel.class.getClassLoader());
      return loader.loadClass(className);
    } catch (MalformedURLException | ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public KernelForm form() {
    return form;
  }

  @Override
  public Call bind(BenchCase benchCase) {
    List<float[]> inputs =
        benchCase.opCase().inputs().stream().map(shape -> new float[shape.elements()]).toList();
    var c = benchCase.opCase();
    float[] y = new float[c.op().outputs(c.inputs()).getFirst().elements()];
    Object[] arguments =
        Stream.of(inputs.stream(), Stream.of(y), form.values().apply(c).stream())
            .flatMap(each -> each)
            .toArray();
    return new Bound(MethodHandles.insertArguments(method, 0, arguments), inputs, y);
  }

  @Override
  public void close() {}

  private record Bound(MethodHandle call, List<float[]> operands, float[] result) implements Call {
    @Override
    public void operands(List<float[]> values) {
      for (int i = 0; i < values.size(); i++) {
        System.arraycopy(values.get(i), 0, operands.get(i), 0, values.get(i).length);
      }
    }

    @Override
    public void result(float[] before) {
      System.arraycopy(before, 0, result, 0, before.length);
    }

    @Override
    public void run() {
      try {
        call.invokeExact();
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
