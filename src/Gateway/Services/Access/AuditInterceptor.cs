using Google.Protobuf;

using Grpc.Core;
using Grpc.Core.Interceptors;

using KpGrpc.Gateway.Auditing;
using KpGrpc.Protos.Learner.V1;

namespace KpGrpc.Gateway.Services.Access;

/// <summary>Notes key and receipt of the writes that this process decodes.</summary>
internal sealed class AuditInterceptor : Interceptor
{
    private const string ReceiptField = "receipt";

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        if (context.GetHttpContext().Features.Get<AuditNote>() is not { } note)
        {
            return await continuation(request, context);
        }

        if (request is IMessage asked && asked.Descriptor.FindFieldByName(WriteMethods.KeyField)?.Accessor.GetValue(asked) is ByteString { Length: > 0 } key)
        {
            note.Key = Convert.ToHexStringLower(key.Span);
        }

        var response = await continuation(request, context);
        if (response is IMessage answer && answer.Descriptor.FindFieldByName(ReceiptField)?.Accessor.GetValue(answer) is Receipt receipt)
        {
            (note.Ledger, note.Sequence) = (receipt.LedgerId, receipt.Sequence);
        }

        return response;
    }
}
