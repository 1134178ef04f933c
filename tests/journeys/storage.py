"""Everything a browser keeps for a site, read through its debugging protocol."""

import base64

PLAIN = """function () {
    const plain = (value) => {
        if (value instanceof ArrayBuffer) return plain(new Uint8Array(value));
        if (ArrayBuffer.isView(value)) {
            return ["utf-8", "utf-16le"].map((code) => new TextDecoder(code).decode(value));
        }
        if (value instanceof CryptoKey) return `key, extractable: ${value.extractable}`;
        if (Array.isArray(value)) return value.map(plain);
        if (value && typeof value === "object") {
            const pairs = Object.entries(value).map(([name, one]) => [name, plain(one)]);
            return Object.fromEntries(pairs);
        }
        return value;
    };
    return JSON.stringify(plain(this));
}"""


def everything_kept(page, origin):
    """``{where: text}`` of IndexedDB, Cache Storage, localStorage and sessionStorage."""
    protocol = page.context.new_cdp_session(page)
    found = {}
    found |= _databases(protocol, origin)
    found |= _caches(protocol, origin)
    for is_local in (True, False):
        storage = {"securityOrigin": origin, "isLocalStorage": is_local}
        answer = protocol.send("DOMStorage.getDOMStorageItems", {"storageId": storage})
        for name, value in answer["entries"]:
            found[f"storage/{is_local}/{name}"] = value
    protocol.detach()
    return found


def _databases(protocol, origin):
    where = {"securityOrigin": origin}
    found = {}
    names = protocol.send("IndexedDB.requestDatabaseNames", where)["databaseNames"]
    for database in names:
        about = {**where, "databaseName": database}
        stores = protocol.send("IndexedDB.requestDatabase", about)
        for store in stores["databaseWithObjectStores"]["objectStores"]:
            page = {"skipCount": 0, "pageSize": 1000}
            data = protocol.send(
                "IndexedDB.requestData",
                {**about, "objectStoreName": store["name"], **page},
            )
            for number, entry in enumerate(data["objectStoreDataEntries"]):
                key = f"database/{database}/{store['name']}/{number}"
                found[key] = _plain(protocol, entry["value"])
    return found


def _plain(protocol, remote):
    if "objectId" not in remote:
        return str(remote.get("value", ""))
    answer = protocol.send(
        "Runtime.callFunctionOn",
        {
            "objectId": remote["objectId"],
            "functionDeclaration": PLAIN,
            "returnByValue": True,
        },
    )
    return answer["result"]["value"]


def _caches(protocol, origin):
    found = {}
    caches = protocol.send("CacheStorage.requestCacheNames", {"securityOrigin": origin})
    for cache in caches["caches"]:
        entries = protocol.send(
            "CacheStorage.requestEntries",
            {"cacheId": cache["cacheId"], "skipCount": 0, "pageSize": 500},
        )
        for entry in entries["cacheDataEntries"]:
            answer = protocol.send(
                "CacheStorage.requestCachedResponse",
                {
                    "cacheId": cache["cacheId"],
                    "requestURL": entry["requestURL"],
                    "requestHeaders": [],
                },
            )
            body = base64.b64decode(answer["response"]["body"])
            found[f"cache/{entry['requestURL']}"] = body.decode(errors="replace")
    return found
