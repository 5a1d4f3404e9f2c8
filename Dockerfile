# syntax=docker/dockerfile:1
# The site in a container. Only the last stage is shipped: no compiler, no Node, no package cache.
#   docker build -t unrolled . && docker run --rm -p 8000:8000 unrolled

FROM node:22-slim AS front-end
WORKDIR /front-end
COPY static/package.json static/package-lock.json static/.npmrc ./
RUN npm ci
COPY static/ ./
RUN npm run build

FROM python:3.11-slim-bookworm AS packages
# Where else to look for PyTorch: its own index has a CPU build, a tenth the size of PyPI's with CUDA.
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
WORKDIR /src
RUN python -m venv /venv
COPY requirements/ requirements/
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r requirements/site.txt \
    && /venv/bin/pip install --no-cache-dir --extra-index-url "${TORCH_INDEX}" -r requirements/torch.txt
COPY pyproject.toml README.md LICENSE ./
COPY tools/wheel.py tools/
COPY unrolled/ unrolled/
COPY --from=front-end /unrolled/viewer/built/ unrolled/viewer/built/
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="Unrolled" \
      org.opencontainers.image.description="See any recurrent network work, one timestep at a time" \
      org.opencontainers.image.licenses="MIT"
RUN useradd --system --uid 10001 --no-create-home unrolled
COPY --from=packages /venv /venv
WORKDIR /srv/unrolled
COPY app/ app/
COPY models/ models/
COPY templates/ templates/
COPY static/favicon.svg static/preview.png static/reference.js static/theme.js static/
COPY --from=front-end /front-end/dist/ static/dist/
ENV PATH="/venv/bin:$PATH" \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    UNROLLED_HOST=0.0.0.0 \
    UNROLLED_PORT=8000
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"UNROLLED_PORT\"]}/healthz', timeout=4)"]
CMD ["python", "-m", "app"]
