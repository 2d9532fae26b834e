using System.Net;
using System.Net.Sockets;

namespace KpGrpc.Demo.Processes;

/// <summary>TCP ports of this machine's loopback address.</summary>
internal static class LocalPorts
{
    /// <summary>The port itself, or where it is 0 one that is free now.</summary>
    /// <param name="port">0 to 65535.</param>
    /// <param name="what">What it is for, such as "gRPC of the Gateway".</param>
    /// <param name="option">Option that names another one.</param>
    /// <exception cref="DemoException">The port is taken or may not be used.</exception>
    public static int Reserve(int port, string what, string option)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
            probe.Start();
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }
        catch (SocketException failure)
        {
            throw new DemoException(
                $"port {port} for {what} cannot be used ({failure.Message}). Stop the process that has it, or choose another with {option} (0: any free port).", failure);
        }
    }
}
