using KpGrpc.Demo.Output;
using KpGrpc.Demo.Preparation;
using KpGrpc.Demo.Processes;
using KpGrpc.Demo.Steps;
using KpGrpc.Demo.Story;
using KpGrpc.Demo.Story.Feeds;

namespace KpGrpc.Demo;

/// <summary>One run of the demo from its first line to its exit code.</summary>
internal sealed class DemoRun(DemoSettings settings, StoryConsole console, TextWriter error, TimeProvider time)
{
    /// <summary>Exit code after the whole story, or after a stop that was asked for once the servers stayed up.</summary>
    public const int ExitOk = 0;

    /// <summary>Exit code of a failed step or a server that ended by itself.</summary>
    public const int ExitFailed = 1;

    /// <summary>Exit code of a story that was interrupted (128 + SIGINT).</summary>
    public const int ExitInterrupted = 130;

    // After Ctrl-C a terminal signals the servers too: their end must not look like a failure.
    private static readonly TimeSpan SignalSettles = TimeSpan.FromSeconds(1);

    /// <summary>The table of contents.</summary>
    internal static IReadOnlyList<IStoryStep> Steps { get; } =
    [
        new DataStep(),
        new NetworkStep(),
        new ServersStep(),
        new ImportStep(),
        new TrainingStep(),
        new LedgerStep(),
        new ProfileStep(),
        new HomeStep(),
        new TopUpStep(),
        new PurchaseStep(),
        new SplitStep(),
        new LicenceStep(),
        new VerifyStep(),
        new FeedAgainStep(),
        new StatementStep(),
        new TamperStep(),
        new RepeatStep(),
        new TransformerStep(),
        new EvidenceStep(),
    ];

    /// <summary>Runs the story, and then stays up where that is asked for.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var session = new DemoSession(settings, console, time);
        try
        {
            session.Binaries.Check([ServerProgram.Ledger, ServerProgram.Inference, ServerProgram.Gateway]);
            var runner = new StepRunner(console, time);
            await runner.RunAsync(Steps, session, cancellationToken);
            Closing.Summary(console, runner.Times, session.FirstRecommendation);
            return settings.StayUp ? await StayUpAsync(session, cancellationToken) : ExitOk;
        }
        catch (Exception failure) when (failure is StepFailedException or DemoException)
        {
            await error.WriteLineAsync($"kp-demo: {failure.Message}");
            if (await session.ServerObituaryAsync() is { } obituary && !failure.Message.Contains(obituary, StringComparison.Ordinal))
            {
                await error.WriteLineAsync($"kp-demo: {obituary}");
            }

            return ExitFailed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await error.WriteLineAsync("kp-demo: interrupted; the servers are being stopped");
            return ExitInterrupted;
        }
        finally
        {
            await session.DisposeAsync();
        }
    }

    private async Task<int> StayUpAsync(DemoSession session, CancellationToken cancellationToken)
    {
        Closing.Addresses(console, session.Servers.Addresses, session.Story.Learner.LearnerId);
        try
        {
            var (child, exitCode) = await session.Servers.FirstExitAsync().WaitAsync(cancellationToken);
            await Task.Delay(SignalSettles, time, cancellationToken);
            await error.WriteLineAsync($"kp-demo: {child.Obituary(exitCode)}");
            return ExitFailed;
        }
        catch (OperationCanceledException)
        {
            console.Line("Stopping the servers.");
            return ExitOk;
        }
    }
}
