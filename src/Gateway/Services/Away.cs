using Grpc.Core;

using KpGrpc.Gateway.Downstream;
using KpGrpc.ServiceDefaults.Errors;

namespace KpGrpc.Gateway.Services;

/// <summary>Turns the bare status of a server that is not there into one that names it and says when to try again.</summary>
internal static class Away
{
    private const string DetailsTrailer = "grpc-status-details-bin";
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Awaits an answer.</summary>
    /// <exception cref="RpcException">What the server said itself, passed on; UNAVAILABLE where it said nothing.</exception>
    public static async Task<T> ExplainAsync<T>(Task<T> answer, Destination destination)
    {
        try
        {
            return await answer;
        }
        catch (RpcException exception) when (IsBare(exception))
        {
            throw exception.StatusCode == StatusCode.Unimplemented
                ? RichErrors.Unavailable($"the {destination} server does not serve a call that this needs; run the same release of all servers", RetryAfter)
                : RichErrors.Unavailable($"the {destination} server is away or too slow; try again", RetryAfter);
        }
    }

    private static bool IsBare(RpcException exception) =>
        exception.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Unimplemented or StatusCode.Cancelled or StatusCode.Internal or StatusCode.Unknown
        && (exception.StatusCode == StatusCode.Unimplemented || exception.Trailers.Get(DetailsTrailer) is null);
}
