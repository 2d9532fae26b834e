using System.Globalization;
using System.Net;

using KpGrpc.LedgerServer.Log;
using KpGrpc.LedgerServer.Log.Cosignatures;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.MerkleLog.Notes;

namespace KpGrpc.LedgerServer.Witnessing;

/// <summary>
/// Brings a log's newest checkpoint to one witness over HTTP (c2sp.org/tlog-witness, <c>add-checkpoint</c>) and keeps the
/// cosignature. Used by one task at a time.
/// </summary>
/// <param name="http">Client whose time-out bounds a call.</param>
/// <param name="url">Prefix of the witness, without the final <c>add-checkpoint</c>.</param>
/// <param name="proofs">Proofs of the log.</param>
/// <param name="book">Where cosignatures are kept.</param>
internal sealed class WitnessClient(HttpClient http, Uri url, LogProofs proofs, CosignatureBook book)
{
    private readonly Uri address = new($"{url.AbsoluteUri.TrimEnd('/')}/add-checkpoint");
    private ulong cosigned;
    private bool started;

    /// <summary>Has a checkpoint cosigned, unless this witness has cosigned it or a newer one already.</summary>
    /// <param name="newest">The checkpoint.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="HttpRequestException">The witness did not answer, or refused; the message says why.</exception>
    public async Task PublishAsync(StoredCheckpoint newest, CancellationToken cancellationToken)
    {
        if (started && newest.Size <= cosigned)
        {
            return;
        }

        var (status, body) = await PostAsync(newest, cancellationToken);
        if (status == HttpStatusCode.Conflict && ulong.TryParse(body.TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out var known) && known <= newest.Size)
        {
            // It cosigned before this process started, or for another part of it.
            cosigned = known;
            (status, body) = await PostAsync(newest, cancellationToken);
        }

        if (status != HttpStatusCode.OK)
        {
            throw new HttpRequestException($"{(int)status}: {body.ReplaceLineEndings(" ").Trim()}");
        }

        var signed = newest.Signed;
        foreach (var line in body.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            signed = NoteSignature.TryParse(line, out var signature) ? signed.With(signature) : throw new HttpRequestException("the answer is not a signature line");
        }

        var verdict = book.Add(signed);
        if (verdict != CosignatureVerdict.Stored)
        {
            throw new HttpRequestException($"the cosignature was not accepted: {verdict}; its verifier key must stand in Ledger:Witnesses");
        }

        (cosigned, started) = (newest.Size, true);
    }

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(StoredCheckpoint newest, CancellationToken cancellationToken)
    {
        var request = new AddCheckpointRequest(cosigned, proofs.Consistency(cosigned, newest.Size), newest.Signed);
        using var content = new StringContent(request.ToString());
        using var response = await http.PostAsync(address, content, cancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }
}
