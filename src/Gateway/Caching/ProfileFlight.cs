using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace KpGrpc.Gateway.Caching;

/// <summary>One look for a learner's profile that everybody who asks meanwhile waits for. Safe from any thread.</summary>
/// <param name="learner">The learner's id.</param>
/// <param name="startedAt">Timestamp of the clock.</param>
/// <param name="isRefresh">Whether what is in memory is still fresh and to be renewed.</param>
internal sealed class ProfileFlight(string learner, long startedAt, bool isRefresh)
{
    private readonly TaskCompletionSource<ProfileEntry> landing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StrongBox<Guid>? stamp;
    private int overtaken;

    /// <summary>Gets the learner's id.</summary>
    public string Learner { get; } = learner;

    /// <summary>Gets the start, a timestamp of the clock.</summary>
    public long StartedAt { get; } = startedAt;

    /// <summary>Gets a value indicating whether what is in memory is still fresh and to be renewed.</summary>
    public bool IsRefresh { get; } = isRefresh;

    /// <summary>Gets the trace of who began it.</summary>
    public Activity? Trace { get; } = Activity.Current;

    /// <summary>Gets what it ends with.</summary>
    public Task<ProfileEntry> Task => landing.Task;

    /// <summary>Gets the stamp with which the profile is fetched; null before, and where there is none.</summary>
    public Guid? Stamp => Volatile.Read(ref stamp)?.Value;

    /// <summary>Gets a value indicating whether an event of the learner came since it began: what it brings is not to be kept as fresh.</summary>
    public bool IsOvertaken => Volatile.Read(ref overtaken) == 1;

    public void FetchWith(Guid? read) => Volatile.Write(ref stamp, read is { } value ? new StrongBox<Guid>(value) : null);

    public void Overtake() => Volatile.Write(ref overtaken, 1);

    public void Land(ProfileEntry entry) => landing.TrySetResult(entry);

    public void Fail(Exception exception)
    {
        landing.TrySetException(exception);
        // Everybody who waited may have gone.
        _ = landing.Task.Exception;
    }
}
