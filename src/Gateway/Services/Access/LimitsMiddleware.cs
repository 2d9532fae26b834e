using Grpc.Core;

using KpGrpc.Gateway.Limits;
using KpGrpc.Gateway.Security.Callers;
using KpGrpc.ServiceDefaults.Errors;

namespace KpGrpc.Gateway.Services.Access;

/// <summary>Stands behind the door: a caller who asks too much is told so, with the time to come back, before her body is read.</summary>
internal sealed class LimitsMiddleware(RequestDelegate next, CallLimits limits)
{
    private static readonly TimeSpan RetryConcurrent = TimeSpan.FromSeconds(1);

    public Task InvokeAsync(HttpContext context) =>
        context.Features.Get<Admission>() is { } admission ? LimitAsync(context, admission) : next(context);

    private async Task LimitAsync(HttpContext context, Admission admission)
    {
        var (verdict, call) = await limits.EnterAsync(admission.Caller, context.Connection.RemoteIpAddress?.ToString() ?? string.Empty);
        using (call)
        {
            await (verdict == LimitVerdict.Admitted ? next(context) : StatusAnswer.WriteAsync(context, StatusOf(verdict)));
        }
    }

    private RpcException StatusOf(LimitVerdict verdict) => verdict switch
    {
        LimitVerdict.CallerRate => RichErrors.ResourceExhausted("this caller has begun as many calls as it may within a second (Limits:CallsPerSecond); slow down", limits.UntilNextSecond()),
        LimitVerdict.OrganizationRate => RichErrors.ResourceExhausted("the callers of this organisation have begun as many calls as they may within a second (Limits:OrganizationCallsPerSecond); slow down", limits.UntilNextSecond()),
        LimitVerdict.CallerConcurrency => RichErrors.ResourceExhausted("as many calls of this caller are under way as may be (Limits:ConcurrentCalls); wait for one to end", RetryConcurrent),
        LimitVerdict.Concurrency => RichErrors.ResourceExhausted("the Gateway is as busy as it may be (Limits:ConcurrentCallsMax); try again", RetryConcurrent),
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "no refusal"),
    };
}
