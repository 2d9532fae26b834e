using Google.Protobuf;
using Grpc.Core;
using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.Demo.Network;

/// <summary>Puts planned commands on the ledger, each once and for all: many under one signature, in the order of the plan.</summary>
internal sealed class Registration(LedgerService.LedgerServiceClient ledger, OrganizationKeys keys)
{
    /// <summary>Commands under one signature: small enough for one message.</summary>
    public const int BatchMax = 1_000;

    private const int LookupsMax = 16;

    /// <summary>Submits the commands.</summary>
    /// <returns>How many were new and how many were there already.</returns>
    /// <exception cref="DemoException">The ledger refused one; the message says which and why.</exception>
    public async Task<RegistrationResult> SubmitAsync(IEnumerable<PlannedCommand> commands, CancellationToken cancellationToken)
    {
        var result = new RegistrationResult(0, 0, 0);
        foreach (var batch in BatchesOf(commands))
        {
            result = result.Plus(await SubmitBatchAsync(batch, cancellationToken));
        }

        return result;
    }

    /// <summary>Neighbours of the same organisation together, at most <see cref="BatchMax"/>.</summary>
    internal static IEnumerable<IReadOnlyList<PlannedCommand>> BatchesOf(IEnumerable<PlannedCommand> commands)
    {
        var batch = new List<PlannedCommand>();
        foreach (var command in commands)
        {
            if (batch.Count == BatchMax || (batch.Count > 0 && batch[0].OrganizationId != command.OrganizationId))
            {
                yield return batch;
                batch = [];
            }

            batch.Add(command);
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private async Task<RegistrationResult> SubmitBatchAsync(IReadOnlyList<PlannedCommand> batch, CancellationToken cancellationToken)
    {
        var signed = keys.SignerOf(batch[0].OrganizationId).SignBatch([.. batch.Select(command => (Action<CommandPayload>)command.Fill)]).Message;
        var response = await ledger.SubmitBatchAsync(new SubmitBatchRequest { Batch = signed }, cancellationToken: cancellationToken);
        var results = new RegistrationResult[batch.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = LookupsMax, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, batch.Count, options, async (index, token) =>
            results[index] = await InterpretAsync(batch[index], response.Outcomes[index], token));
        return results.Aggregate(new RegistrationResult(0, 0, 1), (sum, result) => sum.Plus(result));
    }

    private async Task<RegistrationResult> InterpretAsync(PlannedCommand command, SubmitOutcome outcome, CancellationToken cancellationToken)
    {
        var there = outcome.Replayed;
        var leaf = outcome.Leaf;
        if (outcome.Error is { } error)
        {
            // The same key with another payload: the same body was submitted before, with another time of validity.
            if (error.Code != (int)StatusCode.AlreadyExists)
            {
                throw new DemoException($"the ledger refused {command.Body.BodyCase} of {command.OrganizationId}: {error.Message}");
            }

            leaf = await FirstLeafAsync(command, cancellationToken);
            there = true;
        }

        var receipt = Receipt.Parser.ParseFrom(leaf);
        return receipt.Status == ReceiptStatus.Accepted
            ? new RegistrationResult(there ? 0 : 1, there ? 1 : 0, 0)
            : throw new DemoException(
                $"the ledger rejected {command.Body.BodyCase} of {command.OrganizationId} ({receipt.RejectionReason}): {receipt.RejectionMessage}");
    }

    private async Task<ByteString> FirstLeafAsync(PlannedCommand command, CancellationToken cancellationToken)
    {
        var lookup = new IdempotencyLookup { OrganizationId = command.OrganizationId, IdempotencyKey = command.IdempotencyKey() };
        var response = await ledger.GetReceiptAsync(
            new GetReceiptRequest { LedgerId = DevelopmentParties.LedgerId, Idempotency = lookup }, cancellationToken: cancellationToken);
        return response.Receipt.Leaf;
    }
}
