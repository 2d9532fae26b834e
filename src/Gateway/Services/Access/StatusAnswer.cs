using System.Globalization;

using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

using KpGrpc.Gateway.Downstream;

using ErrorDetailsReflection = Google.Rpc.ErrorDetailsReflection;

namespace KpGrpc.Gateway.Services.Access;

/// <summary>Ends a request with a status in front of the framework that would write it: as gRPC, grpc-web or JSON, as it came.</summary>
internal static class StatusAnswer
{
    private const string GrpcContentType = "application/grpc";
    private const string JsonContentType = "application/json";

    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithTypeRegistry(TypeRegistry.FromFiles(ErrorDetailsReflection.Descriptor)));

    /// <summary>Writes the whole answer; the body of the request stays unread.</summary>
    public static Task WriteAsync(HttpContext context, RpcException status)
    {
        // The grpc-web middleware in front has made its calls look like native ones, and translates the answer back.
        if (context.Request.ContentType?.StartsWith(GrpcContentType, StringComparison.OrdinalIgnoreCase) == true)
        {
            WriteGrpc(context.Response, status);
            return Task.CompletedTask;
        }

        return WriteJsonAsync(context.Response, status);
    }

    /// <summary>Writes a status of gRPC. A status line of HTTP would reach grpc-web clients as UNKNOWN.</summary>
    public static void WriteGrpc(HttpResponse response, RpcException status)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = GrpcContentType;
        response.Headers["grpc-status"] = ((int)status.StatusCode).ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = GrpcMessage.Encode(status.Status.Detail);
        response.Headers["grpc-status-details-bin"] = Convert.ToBase64String(status.GetRpcStatus()!.ToByteArray());
    }

    private static Task WriteJsonAsync(HttpResponse response, RpcException status)
    {
        response.StatusCode = status.StatusCode switch
        {
            StatusCode.Unauthenticated => StatusCodes.Status401Unauthorized,
            StatusCode.PermissionDenied => StatusCodes.Status403Forbidden,
            StatusCode.Unimplemented => StatusCodes.Status501NotImplemented,
            StatusCode.ResourceExhausted => StatusCodes.Status429TooManyRequests,
            StatusCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        };
        if (status.StatusCode == StatusCode.Unauthenticated)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        response.ContentType = JsonContentType;
        return response.WriteAsync(Json.Format(status.GetRpcStatus()!));
    }
}
