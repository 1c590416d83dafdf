package engram.bench.kernel;

import java.nio.file.Path;
import java.util.List;

/** The file that a person may begin with: a plain loop that is right and slow. */
public final class KernelTemplate {
  private KernelTemplate() {}

  /** Java or OpenCL C, by the ending of the file. */
  public static String of(KernelForm form, Path file) {
    return UserKernel.isOpenCl(file) ? openCl(form, file) : java(form, file);
  }

  private static String java(KernelForm form, Path file) {
    StringBuilder text = new StringBuilder();
    text.append("/**\n").append(comment(form, " * ")).append(" */\n");
    text.append("final class %s {\n".formatted(UserKernel.nameOf(file)));
    text.append("  // engram bench --op %s --kernel %s\n".formatted(form.op(), file));
    text.append(parameters("  static void %s(".formatted(form.op()), form.javaParameters(), 6));
    String indent = "    ";
    for (KernelForm.Template.Loop loop : form.body().loops()) {
      text.append(indent)
          .append(
              "for (int %1$s = 0; %1$s < %2$s; %1$s++) {\n".formatted(loop.index(), loop.count()));
      indent += "  ";
    }
    text.append(form.body().inner().indent(indent.length()));
    while (indent.length() > 2) {
      indent = indent.substring(2);
      text.append(indent).append("}\n");
    }
    return text.append("}\n").toString();
  }

  private static String openCl(KernelForm form, Path file) {
    StringBuilder text = new StringBuilder();
    text.append(comment(form, "// "));
    text.append("// engram bench --op %s --kernel %s\n".formatted(form.op(), file));
    text.append("//\n// Work-items, rounded up to whole groups, and those of a group:\n");
    text.append("// global: %s\n".formatted(form.range()));
    int axes = form.range().split(",").length;
    text.append("// local: %s\n".formatted(axes == 2 ? "16, 4" : "64"));
    text.append(
        parameters("kernel void %s(".formatted(form.openClName()), form.openClParameters(), 4));
    List<KernelForm.Template.Loop> loops = form.body().loops();
    int last = loops.size() - 1;
    text.append("  int %s = get_global_id(0);\n".formatted(loops.get(last).index()));
    if (loops.size() == 2) {
      text.append("  int %s = get_global_id(1);\n".formatted(loops.getFirst().index()));
    } else if (loops.size() > 2) {
      text.append("  int rest = get_global_id(1);\n");
      for (int i = last - 1; i > 0; i--) {
        text.append(
            "  int %1$s = rest %% %2$s;\n  rest /= %2$s;\n"
                .formatted(loops.get(i).index(), loops.get(i).count()));
      }
      text.append("  int %s = rest;\n".formatted(loops.getFirst().index()));
    }
    List<String> beyond = loops.stream().map(loop -> loop.index() + " >= " + loop.count()).toList();
    text.append("  if (%s) {\n    return;\n  }\n".formatted(String.join(" || ", beyond)));
    text.append(form.body().inner().replace("(float) Math.", "").indent(2));
    return text.append("}\n").toString();
  }

  private static String comment(KernelForm form, String mark) {
    String text = form.definition() + ". All row-major; y is overwritten.";
    return text.replaceAll("(.{1,90})( |$)", mark + "$1\n");
  }

  private static String parameters(String head, String parameters, int indent) {
    String line = head + parameters + ") {\n";
    return line.length() <= 100
        ? line
        : "%s\n%s%s) {\n".formatted(head, " ".repeat(indent), wrapped(parameters, indent));
  }

  private static String wrapped(String parameters, int indent) {
    StringBuilder text = new StringBuilder();
    int column = indent;
    for (String each : parameters.split("(?<=, )")) {
      if (column + each.length() > 98) {
        text.setLength(text.length() - 1);
        text.append("\n").append(" ".repeat(indent));
        column = indent;
      }
      text.append(each);
      column += each.length();
    }
    return text.toString();
  }
}
