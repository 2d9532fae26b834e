using Grpc.Core;
using KpGrpc.Demo.Output;

namespace KpGrpc.Demo.Steps;

/// <summary>Runs steps in order under their deadlines, and names the one that fails.</summary>
internal sealed class StepRunner(StoryConsole console, TimeProvider time)
{
    private readonly List<StepTime> times = [];

    /// <summary>How long each finished step took.</summary>
    public IReadOnlyList<StepTime> Times => times;

    /// <summary>Runs the steps.</summary>
    /// <exception cref="StepFailedException">A step failed or overran its deadline.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task RunAsync(IEnumerable<IStoryStep> steps, DemoSession session, CancellationToken cancellationToken)
    {
        foreach (var step in steps)
        {
            var number = times.Count + 1;
            if (session.TrainingNews() is { } news)
            {
                console.Note(news);
            }

            console.Chapter(number, step.Name);
            var started = time.GetTimestamp();
            await RunOneAsync(number, step, session, cancellationToken);
            times.Add(new StepTime(number, step.Name, time.GetElapsedTime(started)));
        }
    }

    private async Task RunOneAsync(int number, IStoryStep step, DemoSession session, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(step.Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await step.RunAsync(session, either.Token);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            var reason = deadline.IsCancellationRequested ? $"it took longer than {step.Deadline.TotalSeconds:0} s" : ReasonOf(failure);
            throw new StepFailedException(number, step.Name, reason, failure);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // What a call reports after Ctrl-C is only the cancellation in other words.
            throw new OperationCanceledException("stopped", failure, cancellationToken);
        }
    }

    private static string ReasonOf(Exception failure) => failure switch
    {
        DemoException => failure.Message,
        RpcException rpc => $"a call was answered {rpc.StatusCode}: {rpc.Status.Detail}",
        _ => $"{failure.GetType().Name}: {failure.Message}",
    };
}
