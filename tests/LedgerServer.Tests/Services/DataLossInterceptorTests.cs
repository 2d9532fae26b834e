using Google.Rpc;

using Grpc.Core;

using KpGrpc.LedgerServer.Services;

using Microsoft.Extensions.Logging.Abstractions;

namespace KpGrpc.LedgerServer.Tests.Services;

public sealed class DataLossInterceptorTests
{
    [Fact]
    public async Task UnaryServerHandler_DamagedPage_IsDataLossWithARequestId()
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => new DataLossInterceptor(NullLogger<DataLossInterceptor>.Instance)
            .UnaryServerHandler<string, string>("", null!, (_, _) => throw new InvalidDataException("column leaves, key 0x00 cannot be read")));

        Assert.Equal(StatusCode.DataLoss, error.StatusCode);
        Assert.Contains(error.GetRpcStatus()!.GetDetail<RequestInfo>()!.RequestId, error.Status.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("leaves", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnaryServerHandler_OtherFault_PassesUnchanged() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => new DataLossInterceptor(NullLogger<DataLossInterceptor>.Instance)
            .UnaryServerHandler<string, string>("", null!, (_, _) => throw new InvalidOperationException()));
}
