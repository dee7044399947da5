using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dadbs.Storage;

namespace Dadbs.Replication;

/// <summary>
/// <c>genesis.json</c>: the readable form of <see cref="Genesis"/>. The digest is that of the canonical bytes, never of this text, so
/// white space and comments are free; the chain id written in it must agree.
/// </summary>
public static class GenesisJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static string Write(Genesis genesis)
    {
        ArgumentNullException.ThrowIfNull(genesis);
        var validators = new JsonArray();
        foreach ((PublicKey key, PeerAddress address) in genesis.Validators)
            validators.Add(new JsonObject { ["key"] = key.ToString(), ["address"] = address.ToString() });
        var root = new JsonObject
        {
            ["format"] = 1,
            ["chainId"] = genesis.ChainId.ToHex(),
            ["engineLevel"] = genesis.EngineLevel,
            ["timeMicros"] = genesis.TimeMicros,
            ["time"] = DateTime.UnixEpoch.AddMicroseconds(genesis.TimeMicros).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            ["initialStateRoot"] = genesis.InitialStateRoot.ToHex(),
            ["parameters"] = JsonSerializer.SerializeToNode(genesis.Parameters, Indented),
            ["validators"] = validators,
        };
        if (genesis.Observers.Count > 0)
            root["observers"] = new JsonArray([.. genesis.Observers.Select(key => JsonValue.Create(key.ToString()))]);
        return root.ToJsonString(Indented) + "\n";
    }

    /// <exception cref="FormatException">Not a genesis, or its chain id is not that of its content.</exception>
    public static Genesis Parse(string json)
    {
        try
        {
            JsonObject root = JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })
                ?.AsObject() ?? throw new FormatException("genesis: an object is expected");
            if ((int)Field(root, "format") != 1)
                throw new FormatException("genesis: unknown format version");
            var validators = new List<GenesisValidator>();
            foreach (JsonNode? node in Field(root, "validators").AsArray())
            {
                JsonObject validator = node?.AsObject() ?? throw new FormatException("genesis: a validator is an object");
                validators.Add(new GenesisValidator(PublicKey.Parse((string)Field(validator, "key")!), PeerAddress.Parse((string)Field(validator, "address")!)));
            }
            var genesis = new Genesis(
                (uint)Field(root, "engineLevel"),
                Field(root, "parameters").Deserialize<ChainParameters>(Strict) ?? throw new FormatException("genesis: parameters are missing"),
                validators,
                (long)Field(root, "timeMicros"),
                Hash256.FromSpan(Convert.FromHexString((string)Field(root, "initialStateRoot")!)),
                (root["observers"]?.AsArray() ?? []).Select(key => PublicKey.Parse((string)key!)));
            string named = (string)Field(root, "chainId")!;
            return named == genesis.ChainId.ToHex()
                ? genesis
                : throw new FormatException($"genesis: its content has the chain id {genesis.ChainId.ToHex()}, not {named}");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException or OverflowException)
        {
            throw new FormatException($"genesis: {exception.Message}", exception);
        }
    }

    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    private static JsonNode Field(JsonObject parent, string name) =>
        parent[name] ?? throw new FormatException($"genesis: '{name}' is missing");
}
