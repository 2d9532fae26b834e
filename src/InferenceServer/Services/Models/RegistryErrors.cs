using Grpc.Core;
using KpGrpc.InferenceServer.Registry.Serving;
using KpGrpc.ServiceDefaults.Errors;

namespace KpGrpc.InferenceServer.Services.Models;

/// <summary>The registry's rejections as statuses, each of them.</summary>
internal static class RegistryErrors
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(60);

    /// <summary>Passes an outcome on, or throws its rejection.</summary>
    /// <param name="outcome">Null where the idempotency key stands for another command.</param>
    /// <param name="subject">What the command was about, such as <c>recommender/20261128</c>.</param>
    public static RegistryOutcome Accept(RegistryOutcome? outcome, string subject) => outcome switch
    {
        null => throw RichErrors.AlreadyExists("command", subject, "idempotency_key was used for another command; make a new one for each"),
        { Rejection: RegistryRejection.None } => outcome,
        _ => throw Of(outcome.Rejection, outcome.Detail, subject),
    };

    /// <summary>The status of a rejection.</summary>
    public static RpcException Of(RegistryRejection rejection, string detail, string subject) => rejection switch
    {
        RegistryRejection.Unknown => RichErrors.NotFound("model", subject, detail),
        RegistryRejection.ChecksFailed => RichErrors.FailedPrecondition("CHECKS_FAILED", $"models/{subject}", detail),
        RegistryRejection.GateFailed => RichErrors.FailedPrecondition("GATE_FAILED", $"models/{subject}", detail),
        RegistryRejection.NotReady => RichErrors.FailedPrecondition("NOT_READY", $"models/{subject}", detail),
        RegistryRejection.HasTraffic => RichErrors.FailedPrecondition("HAS_TRAFFIC", $"models/{subject}", detail),
        RegistryRejection.Full => RichErrors.ResourceExhausted(detail, RetryAfter),
        _ => throw new ArgumentOutOfRangeException(nameof(rejection), rejection, "no rejection"),
    };
}
