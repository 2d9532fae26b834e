using Grpc.Core;

namespace KpGrpc.InferenceServer.Services.Inferring;

/// <summary>A call's deadline in the terms of the batcher.</summary>
internal static class CallDeadline
{
    /// <summary>When the caller stops waiting; <see cref="DateTimeOffset.MaxValue"/> where it never does.</summary>
    public static DateTimeOffset Of(ServerCallContext context) => context.Deadline == DateTime.MaxValue
        ? DateTimeOffset.MaxValue
        : new DateTimeOffset(DateTime.SpecifyKind(context.Deadline, DateTimeKind.Utc));
}
