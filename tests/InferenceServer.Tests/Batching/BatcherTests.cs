using System.Collections.Concurrent;
using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Storage;
using KpGrpc.InferenceServer.Telemetry;
using KpGrpc.Testing;
using Microsoft.Extensions.Time.Testing;

namespace KpGrpc.InferenceServer.Tests.Batching;

public sealed class BatcherTests : IDisposable
{
    private static readonly DateTimeOffset Never = DateTimeOffset.MaxValue;

    private readonly FakeTimeProvider time = new();
    private readonly FakeRunner runner = new();

    [Fact]
    public async Task SubmitAsync_ManyCallersAndInstances_EachGetsItsOwnAnswerOnce()
    {
        FakeRunner[] runners = [new(), new(), new()];
        await using var batcher = new Batcher<string, string>("test", runners, new BatchingOptions { RowsMax = 8, QueueMax = 2_000 }, ModelTelemetry.Unread, TimeProvider.System);
        var texts = Enumerable.Range(0, 2_000).Select(i => $"{i}{new string('x', i % 50)}").ToList();

        var answers = await Task.WhenAll(texts.Select(text => batcher.SubmitAsync(text, Priority.Interactive, Never, Token))).WaitAsync(TimeLimit.Default, Token);

        Assert.Equal(texts.Select(FakeRunner.Answer), answers.Select(answer => answer.Value));
        Assert.Equal(texts.Order(), runners.SelectMany(one => one.Computed).Order());
        Assert.All(runners, one => Assert.Single(one.Threads));
        Assert.All(answers, answer => Assert.InRange(answer.Facts.Rows, 1, 8));
    }

    [Fact]
    public async Task SubmitAsync_OnePoisonAmongMany_FailsAlone()
    {
        runner.Gate.Reset();
        await using var batcher = Open(new BatchingOptions());
        var texts = Enumerable.Range(0, 20).Select(i => i == 7 ? "a poison" : $"number {i % 10}").ToList();
        var calls = texts.Select(text => batcher.SubmitAsync(text, Priority.Interactive, Never, Token)).ToList();
        runner.Gate.Set();

        for (var i = 0; i < texts.Count; i++)
        {
            if (i == 7)
            {
                await Assert.ThrowsAsync<InvalidDataException>(() => calls[7].WaitAsync(TimeLimit.Default, Token));
            }
            else
            {
                Assert.Equal(FakeRunner.Answer(texts[i]), (await calls[i].WaitAsync(TimeLimit.Default, Token)).Value);
            }
        }
    }

    [Fact]
    public async Task SubmitAsync_QueueIsFull_IsRefusedAtOnce()
    {
        runner.Gate.Reset();
        await using var batcher = Open(new BatchingOptions { QueueMax = 3 });
        var calls = new List<Task> { batcher.SubmitAsync("running", Priority.Interactive, Never, Token) };
        Assert.True(await runner.Started.WaitAsync(TimeLimit.Default, Token));
        calls.AddRange(Enumerable.Range(0, 3).Select(_ => batcher.SubmitAsync("waiting", Priority.Bulk, Never, Token)));

        var failure = Assert.Throws<OverloadedException>(() => { _ = batcher.SubmitAsync("too much", Priority.Interactive, Never, Token); });
        runner.Gate.Set();

        Assert.Contains("Batching:QueueMax", failure.Message, StringComparison.Ordinal);
        await Task.WhenAll(calls).WaitAsync(TimeLimit.Default, Token);
        Assert.DoesNotContain("too much", runner.Computed);
    }

    [Fact]
    public async Task SubmitAsync_DeadlinePassesInTheQueue_CostsNoComputing()
    {
        runner.Gate.Reset();
        await using var batcher = Open(new BatchingOptions());
        var running = batcher.SubmitAsync("running", Priority.Interactive, Never, Token);
        Assert.True(await runner.Started.WaitAsync(TimeLimit.Default, Token));
        var late = batcher.SubmitAsync("late", Priority.Interactive, time.GetUtcNow() + TimeSpan.FromSeconds(1), Token);
        var patient = batcher.SubmitAsync("patient", Priority.Interactive, time.GetUtcNow() + TimeSpan.FromSeconds(9), Token);
        time.Advance(TimeSpan.FromSeconds(2));
        runner.Gate.Set();

        await Assert.ThrowsAsync<DeadlinePassedException>(() => late.WaitAsync(TimeLimit.Default, Token));
        await Task.WhenAll(running, patient).WaitAsync(TimeLimit.Default, Token);
        Assert.Equal(["running", "patient"], runner.Computed);
        Assert.Throws<DeadlinePassedException>(() => { _ = batcher.SubmitAsync("over", Priority.Interactive, time.GetUtcNow(), Token); });
    }

    [Fact]
    public async Task SubmitAsync_CallerGoesWhileItWaits_CostsNoComputing()
    {
        runner.Gate.Reset();
        await using var batcher = Open(new BatchingOptions());
        var running = batcher.SubmitAsync("running", Priority.Interactive, Never, Token);
        Assert.True(await runner.Started.WaitAsync(TimeLimit.Default, Token));
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var gone = batcher.SubmitAsync("gone", Priority.Interactive, Never, caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone.WaitAsync(TimeLimit.Default, Token));
        runner.Gate.Set();
        await running.WaitAsync(TimeLimit.Default, Token);
        await batcher.SubmitAsync("next", Priority.Interactive, Never, Token).WaitAsync(TimeLimit.Default, Token);
        Assert.Equal(["running", "next"], runner.Computed);
    }

    [Fact]
    public async Task SubmitAsync_HalfOfAllCallersGo_NoWorkerIsLost()
    {
        FakeRunner[] runners = [new(), new()];
        await using var batcher = new Batcher<string, string>("test", runners, new BatchingOptions { QueueMax = 100_000 }, ModelTelemetry.Unread, TimeProvider.System);
        var answered = new ConcurrentBag<string>();
        await Parallel.ForAsync(0, 4_000, Token, async (i, _) =>
        {
            using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
            var call = batcher.SubmitAsync($"text {i}", Priority.Interactive, Never, caller.Token);
            if (i % 2 == 0)
            {
                await caller.CancelAsync();
                await ((Task)call).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            else
            {
                answered.Add((await call.WaitAsync(TimeLimit.Default, Token)).Value);
            }
        });

        Assert.Equal(2_000, answered.Count);
        var last = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => batcher.SubmitToEachAsync("last", Token))).WaitAsync(TimeLimit.Default, Token);
        Assert.All(last, replies => Assert.Equal(2, replies.Count));
    }

    [Fact]
    public async Task SubmitAsync_FewerRowsThanExpected_LeaveWhenTheClockReachesTheDelay()
    {
        await using var batcher = Open(new BatchingOptions { QueueDelayMax = TimeSpan.FromMilliseconds(100), RowsMax = 1_000 });
        for (var i = 0; i < 60; i++)
        {
            _ = batcher.SubmitAsync("burst", Priority.Interactive, Never, Token); // no time between them: more are expected
        }

        var call = batcher.SubmitAsync("waits", Priority.Interactive, Never, Token);
        var limit = TimeProvider.System.GetTimestamp();
        while (!call.IsCompleted && TimeProvider.System.GetElapsedTime(limit) < TimeLimit.Default)
        {
            time.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }

        Assert.InRange((await call.WaitAsync(TimeLimit.Default, Token)).Facts.QueueTime, TimeSpan.Zero, TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task DisposeAsync_RequestsWait_AnswersThemAndDisposesOnTheModelsThread()
    {
        runner.Gate.Reset();
        var batcher = Open(new BatchingOptions { RowsMax = 2 });
        var calls = Enumerable.Range(0, 9).Select(i => batcher.SubmitAsync($"text {i}", Priority.Bulk, Never, Token)).ToList();
        var disposal = batcher.DisposeAsync().AsTask();
        runner.Gate.Set();

        await disposal.WaitAsync(TimeLimit.Default, Token);
        await Task.WhenAll(calls).WaitAsync(TimeLimit.Default, Token);
        Assert.True(runner.IsDisposed);
        Assert.Single(runner.Threads);
        Assert.Throws<ModelUnavailableException>(() => { _ = batcher.SubmitAsync("after", Priority.Interactive, Never, Token); });
    }

    [Fact]
    public async Task SubmitAsync_InputThatTheModelNeverTakes_IsRefusedBeforeTheQueue()
    {
        await using var batcher = Open(new BatchingOptions());

        Assert.Throws<ArgumentException>(() => { _ = batcher.SubmitAsync("", Priority.Interactive, Never, Token); });
    }

    public void Dispose() => runner.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Batcher<string, string> Open(BatchingOptions options) => new("test", [runner], options, ModelTelemetry.Unread, time);
}
