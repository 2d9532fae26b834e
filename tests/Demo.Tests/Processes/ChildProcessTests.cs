using System.Diagnostics;
using KpGrpc.Demo.Processes;
using KpGrpc.Testing;
using Xunit;

namespace KpGrpc.Demo.Tests.Processes;

public sealed class ChildProcessTests : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly TemporaryDirectory folder = new();

    public ChildProcessTests() => Assert.SkipUnless(File.Exists("/bin/sh"), "the demo's child processes are watched by a POSIX shell, /bin/sh");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Exited_ChildThatEnds_HasItsCodeAndItsLastLines()
    {
        await using var child = Shell("echo out; echo err >&2; exit 7");

        Assert.Equal(7, await child.Exited.WithinAsync("the end of the child"));
        Assert.Equal(["err", "out"], child.LastLines.Order());
        Assert.Contains("exit code 7", child.Obituary(7), StringComparison.Ordinal);
        Assert.Contains("| out", child.Obituary(7), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DisposeAsync_ChildThatObeys_GetsSigterm()
    {
        var child = Shell("trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.05; done");
        await TimeLimit.UntilAsync(() => Task.FromResult(child.LastLines.Contains("up")), "the start of the child");

        await child.DisposeAsync().AsTask().WithinAsync("the stop");

        Assert.Equal(0, await child.Exited.WithinAsync("the end of the child"));
        Assert.Contains("bye", await File.ReadAllTextAsync(child.LogFile, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DisposeAsync_ChildThatIgnoresSigterm_IsKilled()
    {
        var child = Shell("trap '' TERM; echo up; while :; do sleep 0.05; done", TimeSpan.FromMilliseconds(300));
        await TimeLimit.UntilAsync(() => Task.FromResult(child.LastLines.Contains("up")), "the start of the child");

        await child.DisposeAsync().AsTask().WithinAsync("the stop");

        Assert.NotEqual(0, await child.Exited.WithinAsync("the end of the child"));
    }

    [Fact]
    public async Task ParentWatch_ParentKilled_EndsTheChild()
    {
        // The watch is told apart from a stop: only the end of its pipe is seen, as when the parent is killed.
        using var sleeper = Process.Start("/bin/sleep", "60");
        var watch = ParentWatch.Start(sleeper.Id, Grace);

        watch.Terminate(sleeper);

        await sleeper.WaitForExitAsync(TestContext.Current.CancellationToken).WithinAsync("the end of the child");
        await watch.DisposeAsync();
    }

    [Fact]
    public void Start_MissingExecutable_SaysWhich()
    {
        var missing = folder.Combine("nothing");

        var failure = Assert.Throws<DemoException>(() => ChildProcess.Start("Gateway", missing, [], folder.Combine("log"), Grace));

        Assert.Contains($"Gateway cannot be started from {missing}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ToEndAsync_VerbThatFails_ShowsItsLastLines()
    {
        var failure = await Assert.ThrowsAsync<DemoException>(() => ProcessRun.ToEndAsync(
            "LedgerServer init-dev", "/bin/sh", ["-c", "echo no space left; exit 3"], folder.Combine("log"), TestContext.Current.CancellationToken));

        Assert.Contains("LedgerServer init-dev ended with exit code 3", failure.Message, StringComparison.Ordinal);
        Assert.Contains("| no space left", failure.Message, StringComparison.Ordinal);
    }

    private ChildProcess Shell(string script, TimeSpan? grace = null) =>
        ChildProcess.Start("child", "/bin/sh", ["-c", script], folder.Combine("child.log"), grace ?? Grace);
}
