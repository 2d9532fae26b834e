namespace KpGrpc.Demo;

/// <summary>TCP ports on 127.0.0.1; 0 takes a free one.</summary>
/// <param name="GatewayGrpc">gRPC of the Gateway. Default 5081.</param>
/// <param name="GatewayHttp">HTTP/1.1 of the Gateway. Default 5080.</param>
/// <param name="InferenceGrpc">gRPC of the InferenceServer. Default 5181.</param>
/// <param name="InferenceHttp">HTTP/1.1 of the InferenceServer. Default 5180.</param>
/// <param name="LedgerGrpc">gRPC of the LedgerServer. Default 5281.</param>
/// <param name="LedgerHttp">HTTP/1.1 of the LedgerServer. Default 5280.</param>
/// <param name="Redis">The embedded Redis-compatible server. Default 0.</param>
internal sealed record PortSettings(int GatewayGrpc, int GatewayHttp, int InferenceGrpc, int InferenceHttp, int LedgerGrpc, int LedgerHttp, int Redis)
{
    /// <summary>The servers' own defaults.</summary>
    public static PortSettings Default { get; } = new(5081, 5080, 5181, 5180, 5281, 5280, 0);
}
