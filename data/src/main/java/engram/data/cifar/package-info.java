/**
 * CIFAR-10 and CIFAR-100 (Krizhevsky 2009) in their authors' binary version. {@link
 * engram.data.cifar.Cifar} reads the files of {@link engram.data.cifar.CifarForm} from a folder, or
 * straight from the archive, which {@code TarFile} walks through.
 */
package engram.data.cifar;
