using Grpc.AspNetCore.Server;

using KpGrpc.Gateway.Security.Callers;
using KpGrpc.Gateway.Security.Policies;
using KpGrpc.ServiceDefaults.Errors;

using Microsoft.AspNetCore.Authorization;

namespace KpGrpc.Gateway.Services.Access;

/// <summary>
/// The door: every request that meets an endpoint passes here, before its body is read. Who calls is found out, the
/// policy's row decides, and what is not named there is refused.
/// </summary>
internal sealed partial class DoorMiddleware(RequestDelegate next, Credentials credentials, Policy policy, ILogger<DoorMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is null)
        {
            return next(context);
        }

        var row = RowOf(context, endpoint);
        if (row is { IsPublic: true } || (row is null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null))
        {
            Credentials.Remove(context.Request);
            return next(context);
        }

        return AdmitAsync(context, row);
    }

    private async Task AdmitAsync(HttpContext context, PolicyRow? row)
    {
        var identified = await credentials.IdentifyAsync(context);
        Credentials.Remove(context.Request);
        if (!identified.IsKnown)
        {
            Log.Refused(logger, identified.Refusal);
            await StatusAnswer.WriteAsync(context, RefusalStatus.Of(identified.Refusal));
            return;
        }

        if (row is null)
        {
            await StatusAnswer.WriteAsync(context, RichErrors.Unimplemented(context.Request.Path));
            return;
        }

        var roles = identified.Caller.Roles & row.Roles;
        if (roles == Roles.None)
        {
            Log.Denied(logger, row.Service, row.Method, RoleNames.Of(identified.Caller.Roles));
            await StatusAnswer.WriteAsync(context, RefusalStatus.NotAllowed(identified.Caller, row));
            return;
        }

        context.Features.Set(new Admission(identified.Caller, roles));
        await next(context);
    }

    private PolicyRow? RowOf(HttpContext context, Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<GrpcMethodMetadata>() is { } method)
        {
            return policy.OfMethod(method.Method.FullName);
        }

        return policy.OfPath((endpoint as RouteEndpoint)?.RoutePattern.RawText) ?? policy.OfMethod(context.Request.Path);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Refused a call whose credentials prove nobody: {Refusal}")]
        public static partial void Refused(ILogger logger, Refusal refusal);

        [LoggerMessage(2, LogLevel.Information, "Refused {Service}/{Method} to a caller with the roles: {Roles}")]
        public static partial void Denied(ILogger logger, string service, string method, string roles);
    }
}
