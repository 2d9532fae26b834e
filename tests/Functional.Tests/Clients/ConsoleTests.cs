using System.Text.Json;

using KpGrpc.Functional.Tests.Stack;
using KpGrpc.Testing;

using Xunit;

namespace KpGrpc.Functional.Tests.Clients;

/// <summary>The page for people, as headless Chromium sees it, in both languages and at both widths.</summary>
public sealed class ConsoleTests(RunningServers servers)
{
    private const string Chromium = "/usr/bin/chromium";

    private static readonly TimeSpan StoryLimit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan UnitLimit = TimeSpan.FromMinutes(3);
    private static readonly string ConsoleFolder = Path.Combine(Repository.Root, "clients", "console");

    [Fact]
    public async Task UnitTests_VerifierAndFigures_AllPass()
    {
        var tests = Path.Combine(Repository.Root, "artifacts", "console-tests");
        Assert.SkipUnless(Directory.Exists(tests), "the console's unit tests are not bundled: run build/console.sh");

        var run = await ProgramProcess.RunAsync(UnitLimit, "node", ["--test", "--no-warnings", "--test-reporter=tap", tests]);

        Assert.True(run.ExitCode == 0, $"a unit test of the console failed:\n{run.Output}\n{run.Error}");
        Assert.Contains("# fail 0", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("# pass 0", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en-US", 1200, "light", "The learner's story", "系统现在的样子")]
    [InlineData("zh-CN", 1200, "dark", "学习者的故事", "The system now")]
    [InlineData("en-US", 360, "dark", "The learner's story", "系统现在的样子")]
    [InlineData("zh-CN", 360, "light", "学习者的故事", "The system now")]
    public async Task Story_InChromium_BuysOnceVerifiesAndRefusesWhatWasTampered(string locale, int width, string colours, string heading, string otherHeading)
    {
        Assert.SkipUnless(File.Exists(Chromium), "Debian's chromium is missing: run build/setup-test-parts.sh as root");
        Assert.SkipUnless(Directory.Exists(Path.Combine(ConsoleFolder, "node_modules", "playwright-core")), "npm packages of clients/console are missing: run build/console.sh");
        Assert.SkipUnless(File.Exists(Path.Combine(Path.GetDirectoryName(Repository.Program("KpGrpc.Gateway"))!, "console", "index.html")), "the console was not built before the Gateway: run build/console.sh, then build");
        using var pictures = new TemporaryDirectory();

        var run = await ProgramProcess.RunAsync(
            StoryLimit, "node", [Path.Combine(ConsoleFolder, "browser", "story.mjs"), $"{servers.GatewayHttp}", pictures.Path, locale, $"{width}", colours]);

        Assert.True(run.ExitCode == 0, $"the story ended early: {run.Error}\n{run.Output}");
        var seen = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(heading, seen.GetProperty("heading").GetString());
        Assert.Equal(otherHeading, seen.GetProperty("otherHeading").GetString());
        AssertBought(seen);
        AssertChecked(seen);
        Assert.True(seen.GetProperty("charts").GetInt32() >= 2);
        Assert.All(Texts(seen, "doors"), Assert.NotEmpty);
        Assert.True(seen.GetProperty("entries").GetInt64() > 0);
        Assert.All(["overflows", "foreign", "complaints", "nameless"], name => Assert.Empty(Texts(seen, name)));
        Assert.Equal("skip", seen.GetProperty("firstFocus").GetString());
        Assert.Equal(8, Directory.GetFiles(pictures.Path, "*.png").Length);
    }

    // The first answer was lost, so the outcome was unknown; the same key brought the receipt, and one price was charged.
    private static void AssertBought(JsonElement seen)
    {
        Assert.Equal(["unknown", "replayed"], Texts(seen, "outcomes"));
        Assert.Matches("^[0-9a-f]{32}$", seen.GetProperty("key").GetString());
        Assert.Equal(Number("paidIn") - Number("price"), Number("left"));
        Assert.True(Number("items") > 0);
        Assert.Equal(Number("items"), Number("prices"));
        Assert.Equal(Number("items"), Number("reasons"));

        long Number(string name) => seen.GetProperty(name).GetInt64();
    }

    private static void AssertChecked(JsonElement seen)
    {
        Assert.Equal(["Verified", "RootMismatch", "Verified", "RootMismatch", "Verified", "Verified", "Verified"], Texts(seen, "verdicts"));
        Assert.Equal(["key held", "proof held", "origin held", "signature held", "leaf held", "path held"], Texts(seen, "held"));
        Assert.Equal(["key held", "proof held", "origin held", "signature held", "leaf held", "path failed"], Texts(seen, "failed"));
        Assert.Matches("0x[0-9a-f]{2}.*0x[0-9a-f]{2}", seen.GetProperty("forgery").GetString());
    }

    private static IEnumerable<string> Texts(JsonElement seen, string name) => seen.GetProperty(name).EnumerateArray().Select(text => text.GetString()!);
}
