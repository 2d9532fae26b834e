using Google.Rpc;

using Grpc.Core;

namespace KpGrpc.Client.Ledger;

/// <summary>What a status says about a command, and whether another try makes sense.</summary>
internal static class RetryRules
{
    /// <summary>Whether the server refused the command before its ordering, so that it certainly changed nothing.</summary>
    /// <remarks>
    /// RESOURCE_EXHAUSTED counts only with the server's details: a client makes one of its own where an answer, perhaps
    /// a receipt, is longer than it receives.
    /// </remarks>
    public static bool IsDefinite(RpcException exception) => exception.StatusCode switch
    {
        StatusCode.InvalidArgument or StatusCode.Unauthenticated or StatusCode.PermissionDenied or StatusCode.FailedPrecondition
            or StatusCode.AlreadyExists or StatusCode.NotFound or StatusCode.Unimplemented or StatusCode.OutOfRange => true,
        StatusCode.ResourceExhausted => exception.GetRpcStatus() is { } status
            && (status.GetDetail<RetryInfo>() is not null || status.GetDetail<ErrorInfo>() is not null),
        _ => false,
    };

    /// <summary>Whether the same bytes may be taken in a moment: the server is away, or says when to come back. (A command that is too large has no such advice.)</summary>
    public static bool IsRetriable(RpcException exception) =>
        exception.StatusCode == StatusCode.Unavailable
        || (exception.StatusCode == StatusCode.ResourceExhausted && Advice(exception) is not null);

    /// <summary>The wait that the server advises; null for none.</summary>
    public static TimeSpan? Advice(RpcException exception) =>
        exception.GetRpcStatus()?.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan();

    /// <summary>The rich status, or a bare one where the server sent none.</summary>
    public static Google.Rpc.Status StatusOf(RpcException exception) =>
        exception.GetRpcStatus() ?? new Google.Rpc.Status { Code = (int)exception.StatusCode, Message = exception.Status.Detail };
}
