using System.Diagnostics;
using System.Globalization;

using Grpc.AspNetCore.Server;
using Grpc.Core;

using KpGrpc.Gateway.Auditing;
using KpGrpc.Gateway.Security.Callers;

using Microsoft.AspNetCore.Http.Features;

namespace KpGrpc.Gateway.Services.Access;

/// <summary>Puts every write that was let in into the audit log, before its caller hears the end of it.</summary>
internal sealed class AuditMiddleware(RequestDelegate next, AuditLog log, TimeProvider time)
{
    private const string StatusField = "grpc-status";

    public Task InvokeAsync(HttpContext context)
    {
        var method = context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.FullName ?? context.Request.Path.Value ?? string.Empty;
        return WriteMethods.Contains(method) && context.Features.Get<Admission>() is { } admission ? KeepAsync(context, method, admission) : next(context);
    }

    private async Task KeepAsync(HttpContext context, string method, Admission admission)
    {
        var note = new AuditNote();
        context.Features.Set(note);
        var status = nameof(StatusCode.Unknown); // of a handler that threw past everything
        try
        {
            await next(context);
            status = StatusOf(context);
        }
        finally
        {
            await log.KeepAsync(new AuditEntry(
                time.GetUtcNow(),
                admission.Caller.Subject,
                RoleNames.Of(admission.Roles),
                admission.Caller.Owner ?? admission.Caller.Organizations.Order(StringComparer.Ordinal).FirstOrDefault(),
                method.TrimStart('/'),
                note.Key,
                status,
                note.Ledger,
                note.Sequence,
                Activity.Current?.TraceId.ToHexString()));
        }
    }

    private static string StatusOf(HttpContext context)
    {
        var trailers = context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers;
        var text = trailers is not null && trailers.TryGetValue(StatusField, out var trailer) ? trailer.ToString() : context.Response.Headers[StatusField].ToString();
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? ((StatusCode)number).ToString()
            : string.Create(CultureInfo.InvariantCulture, $"HTTP {context.Response.StatusCode}");
    }
}
