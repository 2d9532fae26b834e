using System.Runtime.InteropServices;

namespace KpGrpc.InferenceServer.Torch;

/// <summary>
/// Loads libtorch and <c>libLibTorchSharp.so</c> in the order that lets TorchSharp find them: a library that is
/// already in the process answers every later request for its name (SONAME), wherever it was loaded from.
/// </summary>
internal static class NativeTorch
{
    private const string Wrapper = "libLibTorchSharp.so";

    /// <summary>Dependencies before dependents; what a build of libtorch lacks is passed over.</summary>
    private static readonly string[] LoadOrder =
        ["libc10.so", "libtorch_cpu.so", "libc10_cuda.so", "libtorch_cuda_linalg.so", "libtorch_cuda.so", "libtorch.so"];

    /// <summary>Loads the native libraries. Call it before anything touches <c>TorchSharp.torch</c>.</summary>
    /// <returns>The path of the adapted wrapper when one was needed, and whether this call made it.</returns>
    /// <exception cref="TorchUnavailableException">A needed library is missing or does not load.</exception>
    public static (string? Adapted, bool Made) Load(TorchOptions options)
    {
        if (!OperatingSystem.IsLinux())
        {
            return (null, false); // the packages of the other systems load by themselves
        }

        var lacksVersion = CppRuntime.LacksNeededVersion();
        if (options.LibraryPath.Length == 0 && !lacksVersion)
        {
            return (null, false);
        }

        if (options.LibraryPath.Length > 0)
        {
            RefuseTwo(options.LibraryPath);
        }

        var source = FindWrapper(options.LibraryPath);
        LoadTorch(options.LibraryPath.Length > 0 ? options.LibraryPath : Path.GetDirectoryName(source)!);
        var made = false;
        var path = lacksVersion
            ? AdaptedLibrary.Prepare(source, AdaptedLibrary.CacheFolder(options.CachePath), out made)
            : source;
        LoadOne(path);
        return (lacksVersion ? path : null, made);
    }

    /// <summary>
    /// TorchSharp loads the libtorch that came with the build whatever is loaded already, and two of them in one process
    /// register every operator twice and abort it: better one clear message.
    /// </summary>
    private static void RefuseTwo(string libraryPath)
    {
        if (SearchFolders().Select(folder => Path.Combine(folder, "libtorch_cpu.so")).FirstOrDefault(File.Exists) is { } own
            && Path.GetFullPath(own) != Path.GetFullPath(Path.Combine(libraryPath, "libtorch_cpu.so")))
        {
            throw new TorchUnavailableException(
                $"Torch:LibraryPath is set, but this build brought a libtorch of its own ({own}), and a process can load only one. Build with -p:TorchBackend=none, or leave Torch:LibraryPath empty.");
        }
    }

    private static void LoadTorch(string folder)
    {
        if (!File.Exists(Path.Combine(folder, "libtorch_cpu.so")))
        {
            throw new TorchUnavailableException(
                $"There is no libtorch_cpu.so in {folder}. Set Torch:LibraryPath to the lib folder of libtorch 2.10 or PyTorch 2.10.");
        }

        foreach (var path in LoadOrder.Select(name => Path.Combine(folder, name)).Where(File.Exists))
        {
            LoadOne(path);
        }
    }

    private static void LoadOne(string path)
    {
        try
        {
            NativeLibrary.Load(path);
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
        {
            throw new TorchUnavailableException($"{path} does not load: {failure.Message}", failure);
        }
    }

    private static string FindWrapper(string libraryPath)
    {
        return SearchFolders().Prepend(libraryPath).Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, Wrapper)).FirstOrDefault(File.Exists)
            ?? throw new TorchUnavailableException($"{Wrapper} was not found beside the program; build it again, or reinstall.");
    }

    /// <summary>Where the runtime looks for native libraries.</summary>
    private static IEnumerable<string> SearchFolders() =>
    [
        .. ((string?)AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native"),
        AppContext.BaseDirectory,
    ];
}
