using System.Security.Cryptography;

namespace KpGrpc.InferenceServer.Torch;

/// <summary>
/// The copy of <c>libLibTorchSharp.so</c> that loads on a libstdc++ older than GCC 13's. It is made once into a cache
/// folder, from the one file known by its hash, and checked against the hash of the copy that was tried.
/// </summary>
internal static class AdaptedLibrary
{
    /// <summary>SHA-256 of <c>libLibTorchSharp.so</c> in the package TorchSharp 0.107.0, linux-x64.</summary>
    public const string KnownSource = "cf33b1b0bb6bbb9754a768fb5c5d04d9f498603be50e73f55621a0b40ee608b8";

    /// <summary>SHA-256 of that file after <see cref="ElfVersionPatch"/>.</summary>
    public const string KnownCopy = "1d0c51048d4fb6e99a760c6d5cee771d0355da3f7d0b0404743efffa6f608ebb";

    /// <summary>Returns the path of the adapted copy, making it where it is not there yet or is damaged.</summary>
    /// <param name="source">The library as the package brought it.</param>
    /// <param name="cacheFolder">Where copies live; created when missing.</param>
    /// <param name="made">True when this call made the copy.</param>
    /// <exception cref="TorchUnavailableException">The source is not the known file, or the copy does not verify.</exception>
    public static string Prepare(string source, string cacheFolder, out bool made)
    {
        made = false;
        var target = Path.Combine(cacheFolder, $"{KnownCopy[..16]}-libLibTorchSharp.so");
        if (File.Exists(target) && HashOf(target) == KnownCopy)
        {
            return target;
        }

        var image = File.ReadAllBytes(source);
        if (Convert.ToHexStringLower(SHA256.HashData(image)) != KnownSource)
        {
            throw new TorchUnavailableException(
                $"{source} needs {CppRuntime.NeededVersion} (GCC 13), which this system's libstdc++ lacks, and is not the "
                + "file of TorchSharp 0.107.0 that can be adapted. Use a system with GCC 13's libstdc++ (Debian 13, Ubuntu 24.04).");
        }

        ElfVersionPatch.Apply(image, CppRuntime.NeededSymbol, "_ZNSt8ios_base4InitC1Ev", CppRuntime.NeededVersion, "GLIBCXX_3.4");
        Write(target, image);
        made = true;
        return HashOf(target) == KnownCopy
            ? target
            : throw new TorchUnavailableException($"The adapted copy {target} does not have the expected hash; delete it and start again.");
    }

    /// <summary>The cache folder: the option's, else the XDG base directory's, else <c>~/.cache/kpgrpc</c>.</summary>
    public static string CacheFolder(string configured)
    {
        if (configured.Length > 0)
        {
            return Path.GetFullPath(configured);
        }

        var xdg = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return Path.Combine(
            !string.IsNullOrEmpty(xdg) ? xdg : home.Length > 0 ? Path.Combine(home, ".cache") : Path.GetTempPath(), "kpgrpc");
    }

    /// <summary>Written beside the target and renamed: another process sees the whole file or none.</summary>
    private static void Write(string target, byte[] image)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var temporary = $"{target}.{Environment.ProcessId}.{Guid.NewGuid():N}";
        try
        {
            File.WriteAllBytes(temporary, image);
            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
