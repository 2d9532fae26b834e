using KpGrpc.InferenceServer.Telemetry;

namespace KpGrpc.InferenceServer.Batching;

/// <summary>
/// Computes a batch and answers its requests. A batch that throws is computed again in halves, so that only what makes it
/// throw fails: at most 2n−1 runs for n rows. On the instance's thread.
/// </summary>
/// <param name="runner">The model.</param>
/// <param name="telemetry">Where it records.</param>
/// <param name="time">Clock.</param>
/// <param name="start">The worker's start, from which its times count.</param>
internal sealed class BatchRun<TIn, TOut>(IBatchRunner<TIn, TOut> runner, ModelTelemetry telemetry, TimeProvider time, long start)
{
    /// <summary>Computes a batch; never throws for what the model throws.</summary>
    public void Compute(Batch<TIn, TOut> batch)
    {
        var began = time.GetElapsedTime(start);
        IReadOnlyList<TOut> outputs;
        try
        {
            outputs = runner.Run([.. batch.Requests.Select(request => request.Input)]);
            if (outputs.Count != batch.Requests.Count)
            {
                throw new InvalidOperationException($"the model gave {outputs.Count} answers to {batch.Requests.Count} requests");
            }
        }
        catch (Exception failure)
        {
            Bisect(batch, failure);
            return;
        }

        Answer(batch, outputs, began, time.GetElapsedTime(start) - began);
    }

    private void Answer(Batch<TIn, TOut> batch, IReadOnlyList<TOut> outputs, TimeSpan began, TimeSpan taken)
    {
        telemetry.Ran(taken, outputs.Count, batch.Tokens, batch.Padding, batch.Reason);
        for (var row = 0; row < outputs.Count; row++)
        {
            var request = batch.Requests[row];
            var queued = began - request.EnqueuedAt;
            telemetry.Dequeued(queued);
            request.Answer(new BatchReply<TOut>(outputs[row], new BatchFacts(queued, taken, outputs.Count, batch.Tokens, batch.Padding, batch.Reason)));
        }
    }

    private void Bisect(Batch<TIn, TOut> batch, Exception failure)
    {
        if (batch.Requests.Count == 1)
        {
            telemetry.Failed();
            batch.Requests[0].Fail(failure);
            return;
        }

        var half = batch.Requests.Count / 2;
        foreach (var part in new[] { batch.Requests.Take(half), batch.Requests.Skip(half) })
        {
            var now = time.GetElapsedTime(start);
            var wanted = part.Where(request => BatchPlan<TIn, TOut>.IsWanted(request, now)).ToList();
            foreach (var late in part.Except(wanted))
            {
                late.Fail(new DeadlinePassedException("the deadline passed while the batch of the request was run again in halves"));
            }

            if (wanted.Count > 0)
            {
                Compute(new Batch<TIn, TOut>(wanted, BatchReason.Bisection));
            }
        }
    }
}
