using KpGrpc.InferenceServer.Torch;

namespace KpGrpc.InferenceServer.Tests.Torch;

public sealed class CppRuntimeTests
{
    [Fact]
    public void Defines_SymbolOfEveryLibstdcxx_IsTrueAndOfNoneIsFalse()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Symbol versions are a matter of Linux.");
        Assert.True(CppRuntime.Defines("_ZNSt8ios_base4InitC1Ev", "GLIBCXX_3.4"));
        Assert.False(CppRuntime.Defines("_ZNSt8ios_base4InitC1Ev", "GLIBCXX_99.9"));
        Assert.False(CppRuntime.Defines("no_such_symbol", "GLIBCXX_3.4"));
    }

    [Fact]
    public void LacksNeededVersion_OnThisMachine_AgreesWithTheVersionNamesInTheLibrary()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Symbol versions are a matter of Linux.");
        var library = File.ReadLines("/proc/self/maps").Select(line => line[(line.LastIndexOf(' ') + 1)..])
            .FirstOrDefault(path => Path.GetFileName(path).StartsWith("libstdc++.so", StringComparison.Ordinal));
        Assert.SkipUnless(library is not null, "No libstdc++ is mapped into this process.");

        var names = File.ReadAllBytes(library).AsSpan().IndexOf("GLIBCXX_3.4.32\0"u8) >= 0;

        Assert.Equal(!names, CppRuntime.LacksNeededVersion());
    }
}
