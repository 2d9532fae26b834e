using System.Net;

using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.Gateway.Security;

/// <summary>
/// Keeps a door without a lock from facing the world: until identity is served, the Gateway starts neither in
/// Production nor on an address that others can reach, unless its operator says that this is meant.
/// </summary>
internal static class AnonymousGuard
{
    /// <summary>Checks the composition before anything listens.</summary>
    /// <exception cref="StartupException">The Gateway would be open where it should not be.</exception>
    public static void Check(GatewayOptions gateway, HostingOptions hosting, IHostEnvironment environment)
    {
        if (gateway.AllowAnonymous)
        {
            return;
        }

        // A malformed address is the options validator's to report.
        var loopback = !IPAddress.TryParse(hosting.Address, out var address) || IPAddress.IsLoopback(address);
        if (environment.IsProduction() || !loopback)
        {
            var where = loopback ? "in the Production environment" : $"on {hosting.Address}";
            throw new StartupException(
                $"this release does not check who calls, so the Gateway does not start {where}: use ASPNETCORE_ENVIRONMENT=Development on a loopback address, or set Gateway:AllowAnonymous=true where something in front keeps strangers out");
        }
    }
}
