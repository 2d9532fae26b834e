namespace KpGrpc.Demo.Processes;

/// <summary>Where the servers listen, all on 127.0.0.1.</summary>
internal sealed record ServerAddresses
{
    /// <summary>gRPC of the Gateway.</summary>
    public required Uri GatewayGrpc { get; init; }

    /// <summary>HTTP/1.1 of the Gateway: grpc-web, JSON, metrics, health.</summary>
    public required Uri GatewayHttp { get; init; }

    /// <summary>gRPC of the InferenceServer.</summary>
    public required Uri InferenceGrpc { get; init; }

    /// <summary>HTTP/1.1 of the InferenceServer.</summary>
    public required Uri InferenceHttp { get; init; }

    /// <summary>gRPC of the LedgerServer.</summary>
    public required Uri LedgerGrpc { get; init; }

    /// <summary>HTTP/1.1 of the LedgerServer.</summary>
    public required Uri LedgerHttp { get; init; }

    /// <summary>Port of the Redis-compatible server inside the InferenceServer.</summary>
    public required int RedisPort { get; init; }

    /// <summary>Checks that the ports are free and picks those that are 0.</summary>
    /// <exception cref="DemoException">A port is taken.</exception>
    public static ServerAddresses Reserve(PortSettings ports) => new()
    {
        GatewayGrpc = Local(ports.GatewayGrpc, "gRPC of the Gateway", "--gateway-port"),
        GatewayHttp = Local(ports.GatewayHttp, "HTTP of the Gateway", "--gateway-http-port"),
        InferenceGrpc = Local(ports.InferenceGrpc, "gRPC of the InferenceServer", "--inference-port"),
        InferenceHttp = Local(ports.InferenceHttp, "HTTP of the InferenceServer", "--inference-http-port"),
        LedgerGrpc = Local(ports.LedgerGrpc, "gRPC of the LedgerServer", "--ledger-port"),
        LedgerHttp = Local(ports.LedgerHttp, "HTTP of the LedgerServer", "--ledger-http-port"),
        RedisPort = LocalPorts.Reserve(ports.Redis, "the embedded Redis", "--redis-port"),
    };

    private static Uri Local(int port, string what, string option) => new($"http://127.0.0.1:{LocalPorts.Reserve(port, what, option)}");
}
