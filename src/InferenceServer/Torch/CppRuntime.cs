using System.Runtime.InteropServices;

namespace KpGrpc.InferenceServer.Torch;

/// <summary>Asks the dynamic linker which symbol versions the system's C++ runtime defines.</summary>
internal static partial class CppRuntime
{
    /// <summary>The newest version that <c>libLibTorchSharp.so</c> 0.107 asks for; GCC 13 brought it.</summary>
    public const string NeededVersion = "GLIBCXX_3.4.32";

    /// <summary>The only symbol of that version that it uses.</summary>
    public const string NeededSymbol = "_ZSt21ios_base_library_initv";

    private const string Library = "libstdc++.so.6";

    /// <summary>
    /// True where the system's libstdc++ lacks what <c>libLibTorchSharp.so</c> needs. False on other systems than
    /// glibc Linux, and where there is no libstdc++ at all: then loading fails with the linker's own words.
    /// </summary>
    public static bool LacksNeededVersion() =>
        OperatingSystem.IsLinux() && Defines("_ZNSt8ios_base4InitC1Ev", "GLIBCXX_3.4") && !Defines(NeededSymbol, NeededVersion);

    /// <summary>True when the system's libstdc++ defines <paramref name="symbol"/> at exactly <paramref name="version"/>.</summary>
    /// <remarks>dlvsym(3) is the question itself: no version list is parsed and no file name is guessed.</remarks>
    public static bool Defines(string symbol, string version)
    {
        if (!NativeLibrary.TryLoad(Library, out var handle))
        {
            return false;
        }

        try
        {
            return FindVersionedSymbol(handle, symbol, version) != 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false; // musl has no symbol versions
        }
        finally
        {
            NativeLibrary.Free(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "dlvsym", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint FindVersionedSymbol(nint handle, string symbol, string version);
}
