using System.Diagnostics;

using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Golden;

/// <summary>The golden root in processes of their own: another culture with its whole data, another time zone, one processor.</summary>
public sealed class GoldenRootProcessTests
{
    /// <summary>Culture, offset of the time zone and processors that the child must find.</summary>
    internal const string WantedVariable = "KP_GOLDEN_WANTED";

    private const string Libraries = "/usr/lib";
    private const string Switch = "\"System.Globalization.Invariant\": true";

    [Theory]
    [InlineData("tr-TR", "Pacific/Chatham", "12:45:00", 1)]
    [InlineData("ar-SA", "Pacific/Marquesas", "-09:30:00", 2)]
    [InlineData("zh-CN", "Asia/Shanghai", "08:00:00", 3)]
    public async Task Run_OtherCultureZoneAndProcessors_HasTheGoldenRoot(string culture, string zone, string offset, int processors)
    {
        Assert.SkipUnless(
            Directory.Exists(Libraries) && Directory.EnumerateFiles(Libraries, "libicuuc.so*", new EnumerationOptions { RecurseSubdirectories = true }).Any(),
            "cultures need ICU; install libicu with the system's package manager");
        using var folder = new TemporaryDirectory();
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[]
        {
            "exec", "--runtimeconfig", WithCultures(folder.Combine("tests.runtimeconfig.json")), "--depsfile", Beside("deps.json"), Beside("dll"),
            "-noColor", "-noLogo", "-method", $"{typeof(GoldenRootTests).FullName}.{nameof(GoldenRootTests.Run_TheScript_HasTheGoldenRoot)}",
        })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["LANG"] = start.Environment["LC_ALL"] = $"{culture.Replace('-', '_')}.UTF-8";
        start.Environment["TZ"] = zone;
        start.Environment["DOTNET_PROCESSOR_COUNT"] = $"{processors}";
        start.Environment[WantedVariable] = $"{culture} {offset} {processors}";

        using var child = Process.Start(start)!;
        var output = child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken).WithinAsync("the child's end");

        var text = await output + await errors;
        Assert.True(child.ExitCode == 0, text);
        Assert.Contains("Total: 1,", text, StringComparison.Ordinal);
    }

    // The product runs without cultures at all; only a run with them can show that no rule depends on one.
    private static string WithCultures(string path)
    {
        var settings = File.ReadAllText(Beside("runtimeconfig.json"));
        Assert.Contains(Switch, settings, StringComparison.Ordinal);
        File.WriteAllText(path, settings.Replace(Switch, "\"System.Globalization.Invariant\": false", StringComparison.Ordinal));
        return path;
    }

    private static string Beside(string extension) => Path.Combine(AppContext.BaseDirectory, $"{typeof(GoldenRootProcessTests).Assembly.GetName().Name}.{extension}");
}
