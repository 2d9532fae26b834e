using System.Net;
using System.Net.Sockets;
using KpGrpc.Demo.Processes;
using Xunit;

namespace KpGrpc.Demo.Tests.Processes;

public sealed class LocalPortsTests
{
    [Fact]
    public void Reserve_Zero_GivesAFreePort() => Assert.InRange(LocalPorts.Reserve(0, "a test", "--port"), 1, 65_535);

    [Fact]
    public void Reserve_BusyPort_SaysWhichAndWhatToDo()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var failure = Assert.Throws<DemoException>(() => LocalPorts.Reserve(port, "gRPC of the Gateway", "--gateway-port"));

        Assert.Contains($"port {port} for gRPC of the Gateway", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--gateway-port", failure.Message, StringComparison.Ordinal);
    }
}
