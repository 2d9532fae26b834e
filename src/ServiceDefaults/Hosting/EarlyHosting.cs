using System.Diagnostics.CodeAnalysis;

using Microsoft.Extensions.Options;

namespace KpGrpc.ServiceDefaults.Hosting;

/// <summary>
/// Reads <see cref="HostingOptions"/> while the framework builds the host and its server, before anything is validated.
/// A wrong value is left alone here: <see cref="ServiceDefaultsExtensions.BuildValidated"/> throws it again, together
/// with the faults of every other section.
/// </summary>
internal static class EarlyHosting
{
    public static bool TryGetValid(this IOptions<HostingOptions> hosting, [NotNullWhen(true)] out HostingOptions? valid)
    {
        try
        {
            valid = hosting.Value;
            return true;
        }
        catch (OptionsValidationException)
        {
            valid = null;
            return false;
        }
    }
}
