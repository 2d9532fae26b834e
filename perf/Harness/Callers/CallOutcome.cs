using System.Globalization;
using Grpc.Core;

namespace KpGrpc.Perf.Harness.Callers;

/// <summary>What became of a gRPC call, its batch included.</summary>
public static class CallOutcome
{
    /// <summary>Awaits a call.</summary>
    public static async Task<Outcome> OfAsync<T>(AsyncUnaryCall<T> call)
    {
        try
        {
            await call.ResponseAsync;
            var trailers = call.GetTrailers();
            return new Outcome(OutcomeKind.Answered, Number(trailers, "kp-queue-ms"), Number(trailers, "kp-compute-ms"));
        }
        catch (RpcException failure)
        {
            return new Outcome(failure.StatusCode switch
            {
                StatusCode.ResourceExhausted => OutcomeKind.Refused,
                StatusCode.Cancelled => OutcomeKind.Cancelled,
                _ => OutcomeKind.Failed,
            });
        }
        catch (OperationCanceledException)
        {
            return new Outcome(OutcomeKind.Cancelled);
        }
        finally
        {
            call.Dispose();
        }
    }

    private static double Number(Metadata trailers, string name) =>
        double.TryParse(trailers.GetValue(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
}
