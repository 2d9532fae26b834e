using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;

using Grpc.Core;

namespace KpGrpc.ServiceDefaults.Errors;

/// <summary>
/// The one place where <c>google.rpc.Status</c> details are put together, a method a row of the error table in
/// <c>docs/ARCHITECTURE.md</c>. Messages name the field or resource, the rule and what to do; they carry no secrets.
/// </summary>
/// <remarks>Source: google/rpc/error_details.proto and AIP-193.</remarks>
public static class RichErrors
{
    /// <summary>Malformed fields, all of them at once. INVALID_ARGUMENT with BadRequest.</summary>
    /// <param name="violations">Field path and broken rule of each fault; at least one.</param>
    public static RpcException InvalidArgument(IEnumerable<BadRequest.Types.FieldViolation> violations)
    {
        var detail = new BadRequest();
        detail.FieldViolations.AddRange(violations);
        var text = string.Join("; ", detail.FieldViolations.Select(fault => $"{fault.Field}: {fault.Description}"));
        return Create(Code.InvalidArgument, text, detail);
    }

    /// <summary>No or bad credentials or signature. UNAUTHENTICATED with ErrorInfo.</summary>
    /// <param name="reason">Upper-snake-case reason for programs.</param>
    /// <param name="message">What to do, for people.</param>
    public static RpcException Unauthenticated(string reason, string message) =>
        Create(Code.Unauthenticated, message, Info(reason));

    /// <summary>A caller who is known may not do this. PERMISSION_DENIED with ErrorInfo.</summary>
    /// <param name="reason">Upper-snake-case reason for programs.</param>
    /// <param name="message">What to do, for people.</param>
    public static RpcException PermissionDenied(string reason, string message) =>
        Create(Code.PermissionDenied, message, Info(reason));

    /// <summary>A rule about the present state is not met. FAILED_PRECONDITION with PreconditionFailure.</summary>
    /// <param name="reason">Upper-snake-case reason for programs.</param>
    /// <param name="subject">What the rule is about, such as <c>accounts/wallet-1</c>.</param>
    /// <param name="message">The rule and what to do.</param>
    public static RpcException FailedPrecondition(string reason, string subject, string message)
    {
        var detail = new PreconditionFailure();
        detail.Violations.Add(new PreconditionFailure.Types.Violation { Type = reason, Subject = subject, Description = message });
        return Create(Code.FailedPrecondition, message, detail, Info(reason));
    }

    /// <summary>An unknown resource. NOT_FOUND with ResourceInfo.</summary>
    /// <param name="resourceType">Kind of the resource, such as <c>work</c>.</param>
    /// <param name="resourceName">Its id as the caller gave it.</param>
    /// <param name="message">What was looked for and what to do.</param>
    public static RpcException NotFound(string resourceType, string resourceName, string message) =>
        Create(Code.NotFound, message, new ResourceInfo { ResourceType = resourceType, ResourceName = resourceName, Description = message });

    /// <summary>An idempotency key that stands for other content already. ALREADY_EXISTS with ResourceInfo.</summary>
    /// <param name="resourceType">Kind of the resource, such as <c>command</c>.</param>
    /// <param name="resourceName">Its id as the caller gave it.</param>
    /// <param name="message">What clashes and what to do.</param>
    public static RpcException AlreadyExists(string resourceType, string resourceName, string message) =>
        Create(Code.AlreadyExists, message, new ResourceInfo { ResourceType = resourceType, ResourceName = resourceName, Description = message });

    /// <summary>A place beyond the present end of something that grows. OUT_OF_RANGE with BadRequest.</summary>
    /// <param name="field">Path of the field.</param>
    /// <param name="message">Where the end is.</param>
    public static RpcException OutOfRange(string field, string message)
    {
        var detail = new BadRequest();
        detail.FieldViolations.Add(new BadRequest.Types.FieldViolation { Field = field, Description = message });
        return Create(Code.OutOfRange, $"{field}: {message}", detail);
    }

    /// <summary>A message above a bound: another try can't help. RESOURCE_EXHAUSTED with ErrorInfo, without RetryInfo.</summary>
    /// <param name="reason">Upper-snake-case reason for programs.</param>
    /// <param name="message">Which bound was met.</param>
    public static RpcException TooLarge(string reason, string message) =>
        Create(Code.ResourceExhausted, message, Info(reason));

    /// <summary>A full queue or a used-up quota. RESOURCE_EXHAUSTED with RetryInfo.</summary>
    /// <param name="message">Which bound was met.</param>
    /// <param name="retryAfter">When another try makes sense.</param>
    public static RpcException ResourceExhausted(string message, TimeSpan retryAfter) =>
        Create(Code.ResourceExhausted, message, Retry(retryAfter));

    /// <summary>Starting, draining, or a downstream is gone. UNAVAILABLE with RetryInfo.</summary>
    /// <param name="message">What is away.</param>
    /// <param name="retryAfter">When another try makes sense.</param>
    public static RpcException Unavailable(string message, TimeSpan retryAfter) =>
        Create(Code.Unavailable, message, Retry(retryAfter));

    /// <summary>Stored data do not match their checksum or root. DATA_LOSS with RequestInfo.</summary>
    /// <param name="message">What does not match.</param>
    /// <param name="requestId">The id under which the log tells more.</param>
    public static RpcException DataLoss(string message, string requestId) =>
        Create(Code.DataLoss, message, new RequestInfo { RequestId = requestId });

    /// <summary>A method of the contract that this release does not serve. UNIMPLEMENTED with ErrorInfo that names it.</summary>
    /// <param name="method">Full name, such as <c>/kp.strategy.v1.StrategyService/FitStrategy</c>.</param>
    public static RpcException Unimplemented(string method)
    {
        ArgumentNullException.ThrowIfNull(method);
        var name = method.TrimStart('/');
        var parts = name.Split('/', 2);
        var info = Info(ErrorReasons.NotImplemented);
        info.Metadata["service"] = parts[0];
        info.Metadata["method"] = parts.Length > 1 ? parts[1] : string.Empty;
        return Create(Code.Unimplemented, $"{name} is part of the contract but not served by this release; the README lists what is", info);
    }

    /// <summary>A fault of ours: generic text, the full one is in the log. INTERNAL with RequestInfo.</summary>
    /// <param name="requestId">The id under which the log tells more.</param>
    public static RpcException Internal(string requestId) =>
        Create(Code.Internal, $"internal error; the server's log tells more under request id {requestId}", new RequestInfo { RequestId = requestId }, Info(ErrorReasons.InternalFailure));

    private static ErrorInfo Info(string reason) => new() { Reason = reason, Domain = ErrorReasons.Domain };

    private static RetryInfo Retry(TimeSpan after) => new() { RetryDelay = Duration.FromTimeSpan(after) };

    private static RpcException Create(Code code, string message, params IMessage[] details)
    {
        var status = new Google.Rpc.Status { Code = (int)code, Message = message };
        status.Details.AddRange(details.Select(Any.Pack));
        return status.ToRpcException();
    }
}
