namespace KpGrpc.InferenceServer.Batching;

/// <summary>A request on its way through one instance's queue. Times are the worker's, from its start.</summary>
/// <param name="input">The request.</param>
/// <param name="length">Its tokens, at least 1.</param>
/// <param name="priority">Who goes first.</param>
/// <param name="enqueuedAt">When it came.</param>
/// <param name="deadline">When it is too late to compute it; <see cref="TimeSpan.MaxValue"/> for never.</param>
internal sealed class WaitingRequest<TIn, TOut>(TIn input, int length, Priority priority, TimeSpan enqueuedAt, TimeSpan deadline)
{
    // Callers continue on the pool: the model's thread only computes.
    private readonly TaskCompletionSource<BatchReply<TOut>> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The request itself.</summary>
    public TIn Input { get; } = input;

    /// <summary>Tokens, at least 1.</summary>
    public int Length { get; } = length;

    /// <summary>Who goes first.</summary>
    public Priority Priority { get; } = priority;

    /// <summary>When it came.</summary>
    public TimeSpan EnqueuedAt { get; } = enqueuedAt;

    /// <summary>When it is too late to compute it.</summary>
    public TimeSpan Deadline { get; } = deadline;

    /// <summary>What the caller awaits.</summary>
    public Task<BatchReply<TOut>> Task => completion.Task;

    /// <summary>True once it is answered or its caller has gone.</summary>
    public bool IsOver => completion.Task.IsCompleted;

    /// <summary>Answers it; without effect where its caller has gone.</summary>
    public void Answer(BatchReply<TOut> reply) => completion.TrySetResult(reply);

    /// <summary>Fails it; without effect where its caller has gone.</summary>
    public void Fail(Exception failure) => completion.TrySetException(failure);

    /// <summary>Lets its caller go; a run that has begun goes on without it.</summary>
    /// <returns>False where it was over already.</returns>
    public bool Cancel(CancellationToken cancellationToken) => completion.TrySetCanceled(cancellationToken);
}
