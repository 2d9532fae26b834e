using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;

using KpGrpc.Gateway.Tests.Fakes;
using KpGrpc.ServiceDefaults.Hosting;
using KpGrpc.Testing;

namespace KpGrpc.Gateway.Tests.WebConsole;

public sealed class ConsoleExtensionsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_ConsoleNotBuilt_SaysHowToBuildIt()
    {
        using var folder = new TemporaryDirectory();
        await using var fixture = await GatewayFixture.StartAsync($"Gateway:Console:Directory={folder.Combine("none")}");
        using var http = new HttpClient { BaseAddress = fixture.Gateway.HttpAddress };

        var page = await http.GetStringAsync(Relative("/"), Cancel);

        Assert.Contains("make console", page, StringComparison.Ordinal);
        Assert.Contains("lang=\"zh-CN\"", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(http, "/console/console.js"));
    }

    [Fact]
    public async Task Get_BuiltConsole_ServesItsFilesWithHeadersThatKeepTheRestOut()
    {
        using var folder = new TemporaryDirectory();
        await WriteConsoleAsync(folder);
        await using var fixture = await GatewayFixture.StartAsync($"Gateway:Console:Directory={folder.Path}");
        using var http = new HttpClient { BaseAddress = fixture.Gateway.HttpAddress };

        using var page = await http.GetAsync(Relative("/"), Cancel);
        using var script = await http.GetAsync(Relative("/console/console.js"), Cancel);

        Assert.Equal("<p>page</p>", await page.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("text/html; charset=utf-8", page.Content.Headers.ContentType!.ToString());
        Assert.Equal("text/javascript; charset=utf-8", script.Content.Headers.ContentType!.ToString());
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(page.Headers.GetValues("X-Content-Type-Options")));
    }

    [Theory]
    [InlineData("/console/secret.key")]
    [InlineData("/console/../secret.key")]
    [InlineData("/console/%2e%2e/secret.key")]
    [InlineData("/console/..%2fsecret.key")]
    [InlineData("/console/")]
    [InlineData("/console/nothing.js")]
    public async Task Get_WhatIsNoPartOfTheConsole_IsNotFound(string path)
    {
        using var folder = new TemporaryDirectory();
        await WriteConsoleAsync(folder);
        await File.WriteAllTextAsync(folder.Combine("secret.key"), "secret", Cancel);
        await using var fixture = await GatewayFixture.StartAsync($"Gateway:Console:Directory={folder.Path}");
        using var http = new HttpClient { BaseAddress = fixture.Gateway.HttpAddress };

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(http, path));
    }

    [Fact]
    public async Task Get_SameBytesAgain_AreCompressedAndNotSentTwice()
    {
        using var folder = new TemporaryDirectory();
        await WriteConsoleAsync(folder);
        await using var fixture = await GatewayFixture.StartAsync($"Gateway:Console:Directory={folder.Path}");
        using var http = new HttpClient { BaseAddress = fixture.Gateway.HttpAddress };
        using var first = new HttpRequestMessage(HttpMethod.Get, Relative("/console/console.js"));
        first.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        using var second = new HttpRequestMessage(HttpMethod.Get, Relative("/console/console.js"));
        second.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));

        using var sent = await http.SendAsync(first, Cancel);
        second.Headers.IfNoneMatch.Add(sent.Headers.ETag!);
        using var known = await http.SendAsync(second, Cancel);

        Assert.Equal("gzip", Assert.Single(sent.Content.Headers.ContentEncoding));
        await using var plain = new GZipStream(await sent.Content.ReadAsStreamAsync(Cancel), CompressionMode.Decompress);
        using var reader = new StreamReader(plain);
        Assert.Equal("let x = 1;", await reader.ReadToEndAsync(Cancel));
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        Assert.Empty(await known.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Fact]
    public async Task Get_ConsoleSwitchedOff_LeavesNoPageAndAllCalls()
    {
        await using var fixture = await GatewayFixture.StartAsync("Gateway:Console:Enabled=false");
        using var http = new HttpClient { BaseAddress = fixture.Gateway.HttpAddress };

        foreach (var path in (string[])["/", "/docs", "/openapi.json"])
        {
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(http, path));
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, "/v1/learners/alice/home"));
    }

    [Fact]
    public async Task Build_FolderThatIsNoConsole_StopsTheStartAndSaysWhatToDo()
    {
        using var folder = new TemporaryDirectory();
        await WriteConsoleAsync(folder);
        for (var number = 0; number < 64; number++)
        {
            await File.WriteAllTextAsync(folder.Combine($"{number}.js"), string.Empty, Cancel);
        }

        var refused = await Assert.ThrowsAsync<StartupException>(() => GatewayFixture.StartAsync($"Gateway:Console:Directory={folder.Path}"));

        Assert.Contains("Gateway:Console:Directory", refused.Message, StringComparison.Ordinal);
        Assert.Contains("build/console.sh", refused.Message, StringComparison.Ordinal);
    }

    private static async Task WriteConsoleAsync(TemporaryDirectory folder)
    {
        await File.WriteAllTextAsync(folder.Combine("index.html"), "<p>page</p>", Cancel);
        await File.WriteAllTextAsync(folder.Combine("console.js"), "let x = 1;", Cancel);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(Relative(path), Cancel);
        return answer.StatusCode;
    }

    private static Uri Relative(string path) => new(path, UriKind.Relative);
}
