using Grpc.Core;
using KpGrpc.Demo.Output;
using KpGrpc.Demo.Steps;
using KpGrpc.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace KpGrpc.Demo.Tests.Steps;

public sealed class StepRunnerTests : IDisposable
{
    private readonly StringWriter output = new();
    private readonly FakeTimeProvider time = new();
    private readonly StoryConsole console;
    private readonly DemoSession session;
    private readonly StepRunner runner;

    public StepRunnerTests()
    {
        console = StoryConsole.Create(output, plain: true);
        var settings = new DemoSettings { DataDirectory = "data", BaseDirectory = AppContext.BaseDirectory, Ports = PortSettings.Default };
        session = new DemoSession(settings, console, time);
        runner = new StepRunner(console, time);
    }

    public void Dispose() => output.Dispose();

    [Fact]
    public async Task RunAsync_AllWell_NumbersAndTimesTheSteps()
    {
        await RunAsync(
            new FakeStep("one", _ => Advance(2)),
            new FakeStep("two", _ => Advance(3)));

        Assert.Equal([new StepTime(1, "one", TimeSpan.FromSeconds(2)), new StepTime(2, "two", TimeSpan.FromSeconds(3))], runner.Times);
        Assert.Contains("== 2. two", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_StepThatFails_NamesItAndStops()
    {
        var later = false;

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => RunAsync(
            new FakeStep("one", _ => Task.CompletedTask),
            new FakeStep("Her home feed", _ => throw new DemoException("the feed is empty")),
            new FakeStep("three", _ => Task.FromResult(later = true))));

        Assert.Equal("step 2, \"Her home feed\", failed: the feed is empty", failure.Message);
        Assert.False(later);
    }

    [Fact]
    public async Task RunAsync_CallThatIsRefused_ShowsStatusAndText()
    {
        var failure = await Assert.ThrowsAsync<StepFailedException>(() => RunAsync(
            new FakeStep("one", _ => throw new RpcException(new Status(StatusCode.FailedPrecondition, "not enough money")))));

        Assert.Contains("FailedPrecondition: not enough money", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_StepThatHangs_FailsAtItsDeadline()
    {
        var running = RunAsync(new FakeStep("slow", token => Task.Delay(Timeout.InfiniteTimeSpan, token)));
        time.Advance(TimeSpan.FromSeconds(11));

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => running.WithinAsync("the deadline"));

        Assert.Contains("it took longer than 10 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Interrupted_IsNoFailure()
    {
        using var interrupt = new CancellationTokenSource();
        var running = runner.RunAsync([new FakeStep("slow", token => Task.Delay(Timeout.InfiniteTimeSpan, token))], session, interrupt.Token);
        await interrupt.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WithinAsync("the interruption"));
    }

    private Task RunAsync(params IStoryStep[] steps) => runner.RunAsync(steps, session, TestContext.Current.CancellationToken);

    private Task Advance(int seconds)
    {
        time.Advance(TimeSpan.FromSeconds(seconds));
        return Task.CompletedTask;
    }
}
