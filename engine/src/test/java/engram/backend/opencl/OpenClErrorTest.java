package engram.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.opencl.device.AnyDevice;
import engram.backend.opencl.device.OpenClDevice;
import engram.backend.opencl.device.OpenClDevices;
import engram.backend.opencl.device.OpenClException;
import engram.backend.opencl.gpu.GemmTile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/**
 * What is said when OpenCL is there in part or not at all: processes of their own, each lacking
 * something.
 */
@Tag("device")
@Timeout(300)
class OpenClErrorTest {

  /** Prints the devices, or why there are none. */
  static final class Lists {
    public static void main(String[] args) {
      try {
        System.out.println(OpenClDevices.list());
      } catch (OpenClException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private static String list(Map<String, String> environment, String... options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Lists.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** On a system of another name the loader has another name, under which there is none here. */
  @Test
  void withoutALoaderTheMessageSaysWhichPackageHasIt() throws IOException {
    String said = list(Map.of(), "-Dos.name=Windows");
    assertTrue(said.startsWith("opencl: the OpenCL loader (OpenCL.dll) cannot be loaded"), said);
    assertTrue(said.contains("ocl-icd-libopencl1"), said);
  }

  @Test
  void withoutAPlatformTheMessageSaysWhatToInstall() throws IOException {
    AnyDevice.orSkip();
    String said = list(Map.of("OCL_ICD_VENDORS", "/no/such/folder"));
    assertTrue(said.startsWith("opencl: the loader is there but no OpenCL platform"), said);
    assertTrue(said.contains("pocl-opencl-icd"), said);
  }

  @Test
  void anAddressWithoutADeviceNamesThoseThatThereAre() {
    OpenClDevice device = AnyDevice.orSkip();
    OpenClException error = assertThrows(OpenClException.class, () -> OpenClDevices.at(77, 0));
    String said = String.valueOf(error.getMessage());
    assertTrue(said.startsWith("opencl: there is no device 77.0."), said);
    assertTrue(said.contains(device.address()), said);
  }

  @Test
  void aDeviceThatLacksAFeatureIsNamedWithWhatItLacks() {
    OpenClDevice device = AnyDevice.orSkip();
    assertEquals(Optional.empty(), device.missing());
    assertEquals(
        Optional.of("its driver speaks OpenCL 1.1, and 1.2 is needed"),
        changed(device, "OpenCL 1.1 old", true, 256).missing());
    assertEquals(
        Optional.of("its driver has no compiler, and programs come as source"),
        changed(device, "OpenCL 3.0", false, 256).missing());
    OpenClDevice narrow = changed(device, "OpenCL 1.2", true, 1);
    for (Executable open :
        List.<Executable>of(
            () -> OpenClBackend.withCpuKernels(narrow).close(),
            () -> OpenClBackend.withGpuKernels(narrow).close())) {
      String said = String.valueOf(assertThrows(OpenClException.class, open).getMessage());
      assertTrue(said.contains("a work-group has at most 1 work-items, and 64 are needed"), said);
      assertTrue(said.contains("choose another device"), said);
    }
  }

  @Test
  void aTileThatDoesNotFitSaysWhatItNeeds() {
    OpenClDevice small = changed(AnyDevice.orSkip(), "OpenCL 1.2", true, 64);
    GemmTile tile = new GemmTile(64, 64, 16, 4, 4);
    OpenClException error = assertThrows(OpenClException.class, () -> tile.requireFits(small));
    String said = String.valueOf(error.getMessage());
    assertTrue(said.contains("need work-groups of 256 work-items with 17 KiB"), said);
  }

  private static OpenClDevice changed(
      OpenClDevice d, String version, boolean hasCompiler, long workGroup) {
    return AnyDevice.changed(d, d.driver(), d.computeUnits(), version, hasCompiler, workGroup);
  }
}
