using Google.Rpc;

using Grpc.Core;

namespace KpGrpc.Gateway.Tests.Fakes;

/// <summary>Reads the details of an error.</summary>
internal static class Errors
{
    public static string? Violation(this RpcException exception) =>
        exception.GetRpcStatus()?.GetDetail<PreconditionFailure>()?.Violations.FirstOrDefault()?.Type;

    public static IReadOnlyList<string> Fields(this RpcException exception) =>
        [.. exception.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations.Select(fault => fault.Field) ?? []];
}
