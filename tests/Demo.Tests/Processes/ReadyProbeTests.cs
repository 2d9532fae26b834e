using System.Net;
using KpGrpc.Demo.Processes;
using KpGrpc.Testing;
using Xunit;

namespace KpGrpc.Demo.Tests.Processes;

public sealed class ReadyProbeTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly TemporaryDirectory folder = new();
    private readonly Uri address = new($"http://127.0.0.1:{LocalPorts.Reserve(0, "a test", "--port")}");

    public ReadyProbeTests() => Assert.SkipUnless(File.Exists("/bin/sh"), "the demo's child processes are watched by a POSIX shell, /bin/sh");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task WaitAsync_ServerThatStarts_WaitsUntilItIsReady()
    {
        await using var child = Start("exec sleep 60");
        using var server = new HttpListener { Prefixes = { $"{address}" } };
        server.Start();
        var asked = AnswerAsync(server, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK);

        await WaitAsync(child, Limit).WithinAsync("readiness");

        Assert.Equal(["/health/ready", "/health/ready"], await asked.WithinAsync("two questions"));
    }

    [Fact]
    public async Task WaitAsync_ServerThatEnds_SaysWhatItSaid()
    {
        await using var child = Start("echo port taken; exit 69");

        var failure = await Assert.ThrowsAsync<DemoException>(() => WaitAsync(child, Limit).WithinAsync("the failure"));

        Assert.Contains("the Gateway ended with exit code 69", failure.Message, StringComparison.Ordinal);
        Assert.Contains("| port taken", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitAsync_ServerThatNeverAnswers_GivesUpAtTheLimit()
    {
        await using var child = Start("exec sleep 60");

        var failure = await Assert.ThrowsAsync<DemoException>(() => WaitAsync(child, TimeSpan.FromMilliseconds(300)).WithinAsync("the limit"));

        Assert.Contains("the Gateway was not ready within", failure.Message, StringComparison.Ordinal);
        Assert.Contains(child.LogFile, failure.Message, StringComparison.Ordinal);
    }

    private ChildProcess Start(string script) =>
        ChildProcess.Start("Gateway", "/bin/sh", ["-c", script], folder.Combine("child.log"), TimeSpan.FromSeconds(5));

    private Task WaitAsync(ChildProcess child, TimeSpan limit) =>
        ReadyProbe.WaitAsync(child, address, limit, TimeProvider.System, TestContext.Current.CancellationToken);

    private static async Task<List<string>> AnswerAsync(HttpListener server, params HttpStatusCode[] answers)
    {
        var paths = new List<string>();
        foreach (var answer in answers)
        {
            var context = await server.GetContextAsync();
            paths.Add(context.Request.Url!.AbsolutePath);
            context.Response.StatusCode = (int)answer;
            context.Response.Close();
        }

        return paths;
    }
}
